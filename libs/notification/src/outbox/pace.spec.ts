import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.ts';

describe('the pace', () => {
  it('is the full one while only one subject fails, however often', () => {
    const pace = new Pace(16);
    for (let at = 1; at <= 20; at += 1) pace.failed('a', at, at);
    expect(pace.width(21)).toBe(16);
  });

  it('is one at a time after pauses that double up to a minute, while all fail', () => {
    const pace = new Pace(16);
    const pauses: number[] = [];
    let now = 1_000;
    pace.failed('first', now, now);
    for (let subject = 0; subject < 10; subject += 1) {
      pace.failed(`${subject}`, now, now);
      const failed = now;
      while (pace.width(now) === 0) now += 1;
      expect(pace.width(now)).toBe(1);
      pauses.push(now - failed);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('counts what was under way together as one outage', () => {
    const pace = new Pace(16);
    for (let subject = 0; subject < 16; subject += 1) pace.failed(`${subject}`, 0, 10);
    expect(pace.width(509)).toBe(0);
    expect(pace.width(510)).toBe(1);
  });

  it('is the full one again after a success', () => {
    const pace = new Pace(16);
    pace.failed('a', 0, 1);
    pace.failed('b', 2, 3);
    pace.succeeded();
    expect(pace.width(3)).toBe(16);
  });

  it('leaves a receiver alone for as long as it asks for, ten minutes at most', () => {
    const pace = new Pace(16);
    pace.failed('a', 0, 0, 7_000);
    expect(pace.width(6_999)).toBe(0);
    expect(pace.width(7_000)).toBe(16);
    pace.failed('b', 7_000, 7_000, 86_400_000);
    expect(pace.width(606_999)).toBe(0);
    expect(pace.width(607_000)).toBe(1);
  });
});

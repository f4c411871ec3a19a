import { describe, expect, it } from '@jest/globals';
import { MonotonicClock } from './monotonic-clock.ts';

describe('the clock of decisions', () => {
  it('shows the time of the machine', () => {
    expect(new MonotonicClock(() => 1_000).now()).toBe(1_000);
  });

  it('never goes back when the machine does', () => {
    const times = [2_000, 1_500, 2_001];
    const clock = new MonotonicClock(() => times.shift() ?? 0);
    expect([clock.now(), clock.now(), clock.now()]).toEqual([2_000, 2_000, 2_001]);
  });
});

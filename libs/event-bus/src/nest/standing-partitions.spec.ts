import { describe, expect, it } from '@jest/globals';
import { StandingPartitions } from './standing-partitions.ts';

describe('a partition whose batch fails', () => {
  let now = 0;
  const partitions = () => {
    now = 0;
    return new StandingPartitions(() => now);
  };
  const place = { topic: 'leads.events', partition: 3 };
  const fail = (standing: StandingPartitions, from: number, to: number) => {
    for (now = from; now <= to; now += 2_000) standing.failed(place, new Error('another log'));
  };

  it('is told when it has failed for ten seconds, and not before', () => {
    const standing = partitions();
    fail(standing, 0, 7_999);
    expect(standing.problem()).toBeUndefined();
    fail(standing, 10_000, 12_000);
    expect(standing.problem()).toBe('leads.events/3 stands still since 14 s: Error: another log');
  });

  it('is told without a break when each try takes as long as a database is waited for', () => {
    const standing = partitions();
    for (now = 0; now <= 370_000; now += 1_000) {
      if (now % 37_000 === 0) standing.failed(place, new Error('no answer'));
      expect(standing.problem() !== undefined).toBe(now >= 10_000);
    }
  });

  it('is not told any more once it is handled, or is tried by nobody here', () => {
    const standing = partitions();
    fail(standing, 0, 20_000);
    standing.handled(place);
    expect(standing.problem()).toBeUndefined();
    fail(standing, 30_000, 50_000);
    expect(standing.problem()).toBeDefined();
    now += 110_000;
    expect(standing.problem()).toBeUndefined();
    standing.failed(place, new Error('another log'));
    expect(standing.problem()).toBeUndefined();
  });
});

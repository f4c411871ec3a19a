import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { positionOf, sampleEvent } from './contract/sample-unit.ts';
import { gapsBetween, OwnEvents } from './own-events.ts';

describe('what a process has appended itself', () => {
  let now = 0;
  const some = (count: number) => Array.from({ length: count }, () => sampleEvent());
  const own = (...calls: [first: number, count: number][]) => {
    const events = new OwnEvents(() => now);
    for (const [first, count] of calls) events.add(some(count), first);
    return events;
  };
  const between = (events: OwnEvents, after: number, until: number) => events.between(after, until).map(positionOf);

  it('is given back as the log would, without its tags', () => {
    const { tags: _, ...event } = sampleEvent({ decider: 2 });
    const events = new OwnEvents(() => now);
    events.add([sampleEvent({ decider: 2 })], 7);
    expect(events.between(0, 100)).toEqual([{ ...event, position: 7 }]);
  });

  it('is in order, in whichever order the appends were answered', () => {
    expect(between(own([4, 2], [8, 1], [1, 3], [6, 2]), 0, 100)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is cut to the part that is wanted', () => {
    const events = own([3, 3], [8, 2]);
    expect(between(events, 3, 8)).toEqual([4, 5, 8]);
    expect(between(events, 5, 7)).toEqual([]);
    expect(between(events, 2, 5)).toEqual([3, 4, 5]);
  });

  it('is kept for a moment, and no more of it than a process can bear', () => {
    now = 0;
    const events = own([1, 2]);
    now = 1_900;
    events.add(some(1), 10);
    now = 2_100;
    expect(between(events, 0, 100)).toEqual([10]);
    for (let first = 100; first < 12_000; first += 100) events.add(some(100), first);
    const kept = between(events, 0, 100_000);
    expect([kept[0], kept.length, kept.at(-1)]).toEqual([2_100, 9_900, 11_999]);
    events.clear();
    expect(between(events, 0, 100_000)).toEqual([]);
  });
});

describe('the gaps between events', () => {
  const gaps = (after: number, until: number, ...positions: number[]) =>
    gapsBetween(
      after,
      until,
      positions.map((position) => ({ position }) as RecordedEvent),
    );

  it.each([
    ['nothing known', gaps(3, 9), [3], [9]],
    ['in the middle', gaps(3, 9, 5, 6), [3, 6], [4, 9]],
    ['at the beginning', gaps(3, 9, 4), [4], [9]],
    ['at the end', gaps(3, 9, 9), [3], [8]],
    ['everything', gaps(3, 6, 4, 5, 6), [], []],
    ['nothing wanted', gaps(3, 3), [], []],
  ])('%s', (_, found, after, until) => {
    expect(found).toEqual({ after, until });
  });
});

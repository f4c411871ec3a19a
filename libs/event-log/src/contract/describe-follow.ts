import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { LogReplaced } from '../errors.ts';
import type { EventLog, ReadPage } from '../event-log.ts';
import { type LogOfTest, positionOf, sampleEvent, sampleUnit, summary } from './sample-unit.ts';

/** How many reads the log has answered from now on: followers that have read to its end wait. */
function readsOf(log: EventLog): () => number {
  let answered = 0;
  const read = log.read.bind(log);
  log.read = async (selection) => {
    const page = await read(selection);
    answered += 1;
    return page;
  };
  return () => answered;
}

/** What followers are given, and when they stop. */
export function describeFollow(log: LogOfTest): void {
  describe('follow', () => {
    it('gives what is there, and then what comes, without a gap', async () => {
      await log().append(sampleUnit('a', { events: [sampleEvent(), sampleEvent(), sampleEvent()] }));
      const stop = new AbortController();
      const seen: number[] = [];
      const following = (async () => {
        for await (const page of log().follow({ signal: stop.signal, limit: 2, pollMilliseconds: 60_000 })) {
          seen.push(...page.events.map(positionOf));
          if (seen.length >= 103) stop.abort();
        }
      })();
      for (let n = 0; n < 100; n += 1) await log().append(sampleUnit(`u${n}`));
      await following;
      expect(seen).toEqual(Array.from({ length: 103 }, (_, n) => n + 1));
    });

    it('wakes every follower, and tells them how far they are when events of other types come', async () => {
      const stop = new AbortController();
      const follow = async () => {
        for await (const page of log().follow({ signal: stop.signal, types: ['Wanted'], pollMilliseconds: 60_000 })) {
          return summary(page);
        }
        return undefined;
      };
      const reads = readsOf(log());
      const followers = [follow(), follow(), follow()];
      await eventually(() => expect(reads()).toBeGreaterThanOrEqual(3));
      await log().append(sampleUnit('a'));
      expect(await Promise.all(followers)).toEqual(Array(3).fill({ positions: [], readTo: 1, head: 1 }));
      stop.abort();
    });

    it('finds what comes without being woken, for those who do not listen', async () => {
      const stop = new AbortController();
      const follow = async () => {
        for await (const page of log().follow({ signal: stop.signal, listens: false, pollMilliseconds: 20 })) {
          return summary(page);
        }
        return undefined;
      };
      const reads = readsOf(log());
      const following = follow();
      await eventually(() => expect(reads()).toBeGreaterThanOrEqual(1));
      await log().append(sampleUnit('a'));
      expect(await following).toEqual({ positions: [1], readTo: 1, head: 1 });
      stop.abort();
    });

    it('ends at `until`, and when it is aborted', async () => {
      await log().append(sampleUnit('a', { events: [sampleEvent(), sampleEvent(), sampleEvent()] }));
      const pages: ReadPage[] = [];
      for await (const page of log().follow({ signal: new AbortController().signal, until: 2 })) pages.push(page);
      expect(pages.flatMap((page) => page.events.map(positionOf))).toEqual([1, 2]);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 20);
      for await (const page of log().follow({ signal: stop.signal, after: 3 })) pages.push(page);
      expect(pages).toHaveLength(1);
    });

    it('stops on a log that ends before the place that was reached', async () => {
      const pages = log().follow({ signal: new AbortController().signal, after: 7 });
      await expect(pages[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(LogReplaced);
    });
  });
}

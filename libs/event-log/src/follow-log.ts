import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@lead-rotator/event-sourcing';
import { LogReplaced, LogUnavailable } from './errors.ts';
import type { EventLog, FollowSelection, LogId, ReadPage } from './event-log.ts';

/** What tells a follower that something was appended. It only saves time: who is not woken looks by itself. */
export interface Waker {
  /** How often it has connected: after a new one, the log may be another. */
  readonly connections: number;
  /** Resolves when something behind the position was appended, after so many milliseconds, or when the signal is aborted. */
  after(position: Position, milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** `EventLog.follow` over a log that may be away: while it is, it waits and tries again. */
export async function* followLog(
  log: Pick<EventLog, 'id' | 'read'>,
  waker: Waker,
  { signal, pollMilliseconds = 1_000, listens = true, ...selection }: FollowSelection,
): AsyncGenerator<ReadPage> {
  const { until = Number.MAX_SAFE_INTEGER } = selection;
  let after = selection.after ?? 0;
  let id: LogId | undefined;
  let connections = -1;
  let ahead: Promise<ReadPage> | undefined;
  while (!signal.aborted && after < until) {
    let page: ReadPage;
    try {
      const { connections: now } = waker;
      if (connections !== now) {
        id = await sameId(log, id);
        connections = now;
      }
      page = await (ahead ?? log.read({ ...selection, after }));
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
      continue;
    } finally {
      ahead = undefined;
    }
    if (page.head < after) throw new LogReplaced(`${id} at ${after}`, `${id} at ${page.head}`);
    if (page.readTo > after) {
      after = page.readTo;
      // The next page is read while this one is worked on: a replay then uses a core here and one in the database.
      if (after < Math.min(page.head, until)) ahead = log.read({ ...selection, after });
      ahead?.catch(() => {});
      yield page;
    }
    if (after < page.head) continue;
    if (listens) await waker.after(after, pollMilliseconds, signal);
    else await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
  }
}

/** Behind a new connection may stand another log. */
async function sameId(log: Pick<EventLog, 'id'>, known: LogId | undefined): Promise<LogId> {
  const id = await log.id();
  if (known !== undefined && id !== known) throw new LogReplaced(known, id);
  return id;
}

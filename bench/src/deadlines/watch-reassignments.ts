import type { PostgresEventLog } from '@lead-rotator/event-log';
import type { EventOfType } from '@lead-rotator/lead-events';

export interface Fired {
  /** From the first deadline until the last lead was with somebody else, as another process saw it in the log. */
  readonly seconds: number;
  /** Of each lead, from its deadline until it was seen with somebody else; sorted. */
  readonly lagMilliseconds: Float64Array;
}

/** Waits until all of these leads are reassigned, and says how many are. @throws if they are not within the time. */
export async function watchReassignments(
  log: PostgresEventLog,
  after: number,
  dues: ReadonlyMap<string, number>,
  withinMilliseconds: number,
  onSeen: (seen: number) => void = () => undefined,
): Promise<Fired> {
  const lags = new Float64Array(dues.size);
  const first = Math.min(...dues.values().take(1));
  const signal = AbortSignal.timeout(Math.max(0, first - Date.now()) + withinMilliseconds);
  let seen = 0;
  for await (const { events } of log.follow({ after, types: ['LeadReassigned'], limit: 5_000, signal })) {
    const now = Date.now();
    for (const { data } of events) {
      const due = dues.get((data as EventOfType<'LeadReassigned'>['data']).leadId);
      if (due !== undefined) lags[seen++] = now - due;
    }
    onSeen(seen);
    if (seen === dues.size) return { seconds: (now - first) / 1_000, lagMilliseconds: lags.sort() };
  }
  throw new Error(`${seen} of ${dues.size} deadlines had fired when the time was up`);
}

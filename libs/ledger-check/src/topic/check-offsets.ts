import type { ReportFault, ReportWarning } from '../fault.ts';
import type { ReadableBus } from './topics-to-check.ts';

/** How far a consumer group is on a topic. */
export interface GroupLag {
  readonly groupId: string;
  readonly topic: string;
  /** Messages of all partitions that it has not taken yet. */
  readonly behind: number;
}

/**
 * Where a group stands against where the topic ends. Committed is read first: a group that moves in between never
 * looks as if it were past the end.
 */
export async function checkOffsets(
  bus: ReadableBus,
  { groupId, topic }: { readonly groupId: string; readonly topic: string },
  lagLimit: number,
  report: ReportFault,
  warn: ReportWarning,
): Promise<GroupLag> {
  const committed = await bus.committedOffsets(groupId, topic);
  const ends = await bus.endOffsets(topic);
  let behind = 0n;
  for (const [partition, offset] of committed) {
    const end = ends.get(partition) ?? 0n;
    if (offset > end) {
      const place = { topic, partition, offset: offset.toString() };
      report('offset-beyond-end', place, { groupId, end: end.toString() });
    }
  }
  for (const [partition, end] of ends) {
    const from = committed.get(partition) ?? 0n;
    if (end > from) behind += end - from;
  }
  const hasMessages = [...ends.values()].some((end) => end > 0n);
  if (committed.size === 0 && hasMessages) warn('group-without-offset', { topic }, { groupId });
  else if (behind > lagLimit) warn('consumer-behind', { topic }, { groupId, behind: Number(behind) });
  return { groupId, topic, behind: Number(behind) };
}

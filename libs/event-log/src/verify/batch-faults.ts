import type { Position } from '@lead-rotator/event-sourcing';
import {
  batchHash,
  type HashedBatch,
  type HashedEvent,
  type HashedUnit,
  leafHash,
  merkleRoot,
  unitsHash,
} from './merkle.ts';

/** Something in the log is not as it was written. */
export interface LogFault {
  /** Where: the positions concerned, both included. */
  readonly first: Position;
  readonly last: Position;
  readonly what: string;
}

/** A batch with its place in the chain. */
export interface ChainedBatch extends HashedBatch {
  /** Hash of the batch before. */
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/**
 * What of a batch is not as it was appended: leaves, root, units and hash are computed again. `events` and `units`: those
 * that lie in it, in order of position.
 */
export function batchFaults(
  batch: ChainedBatch,
  events: readonly HashedEvent[],
  units: readonly HashedUnit[],
): LogFault[] {
  const { first, last } = batch;
  const faults: LogFault[] = [];
  let expected = first;
  for (const { position } of events) {
    if (position > expected) faults.push({ first: expected, last: position - 1, what: 'the event is missing' });
    expected = position + 1;
  }
  if (expected <= last) faults.push({ first: expected, last, what: 'the event is missing' });
  const whole = (what: string) => faults.push({ first, last, what });
  if (!merkleRoot(events.map(leafHash)).equals(batch.root)) whole('an event or its tags are not what was appended');
  if (!unitsHash(units).equals(batch.units)) whole('the units are not what was appended');
  if (!batchHash(batch.previous, batch).equals(batch.hash)) whole('the batch row is not what was appended');
  return faults;
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Distribution } from '../distribution.ts';
import type { Member } from '../member.ts';
import type { Rotation } from '../rotation.ts';

/** The number by which a strategy compares members, of whom the least is chosen. Kept for everybody by the standings. */
export interface Figure {
  of(distribution: Distribution, rotation: Rotation, member: Member, at: EpochMilliseconds): number;
  /** When the clock alone changes it next; Infinity if it does not. */
  until(distribution: Distribution, rotation: Rotation, at: EpochMilliseconds): EpochMilliseconds;
  /** It counts what happens in other rotations too. */
  readonly looksBeyond: boolean;
}

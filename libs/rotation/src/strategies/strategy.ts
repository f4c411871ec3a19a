import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Turn } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import type { TurnLead } from '../eligibility.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import type { Standings } from '../standings.ts';
import type { Figure } from './figure.ts';

/** A turn about to be taken. */
export interface Choice {
  readonly distribution: Distribution;
  readonly rotation: Rotation;
  readonly standings: Standings;
  readonly lead: TurnLead;
  readonly at: EpochMilliseconds;
  /** Take members for present who are absent but not inactive (whenNobody: ignore-availability). */
  readonly ignoreAbsence: boolean;
}

/** Whom a strategy has chosen, by place in the list, and what the event must say beyond the names. */
export interface Chosen {
  readonly place: number;
  readonly record?: Partial<Turn>;
}

/**
 * A way to choose among the eligible members of a rotation.
 *
 * `choose` changes nothing; it tells `passed` about those it came to and could not choose (with round robin in the
 * order of the line, otherwise all members in list order, the eligible ones too). `serve` moves the rotation as the
 * choice did, from the recorded turn alone: it is what a replay runs. `figure` is by what it compares members, if it
 * does: kept by the standings, so that a choice among thousands only reads.
 * A new strategy is a file in this folder, an entry in `registry.ts`, and a spec; the specs of all strategies run over
 * the registry.
 */
export interface Strategy {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined;
  serve(rotation: Rotation, place: number, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void;
  figure?(rotation: Rotation): Figure;
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

/** How strict the check is; all times in milliseconds. */
export interface CheckSettings {
  /** What is younger than this at the end of the log may still be under way. */
  readonly now: EpochMilliseconds;
  /** How old a captured lead may be without a decision. Default 10,000. */
  readonly decisionGrace: number;
  /** How much later than `due` a ClaimMissed may be, by its `at`, and a deadline may be overdue now. Default 10,000. */
  readonly deadlineTolerance: number;
  /** How old an event may be, by its `at`, that is not on the topic yet. Default 10,000. */
  readonly publishGrace: number;
  /** How many messages a consumer group may be behind without a warning. Default: any number. */
  readonly lagLimit: number;
  /** How many findings of one kind are listed; the others are counted. Default 100. */
  readonly listedPerKind: number;
}

export const defaultCheckSettings: Omit<CheckSettings, 'now'> = {
  decisionGrace: 10_000,
  deadlineTolerance: 10_000,
  publishGrace: 10_000,
  lagLimit: Number.POSITIVE_INFINITY,
  listedPerKind: 100,
};

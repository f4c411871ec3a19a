import type { EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution, RefusalCode } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';

/** All that a decision about a lead looks at. */
export interface Scene {
  /** Users, rotations and counts, or a fork of them. */
  readonly distribution: Distribution;
  readonly lead: LeadState;
  /** The other leads that share a contact with it, and those that follow it or that it follows, in order of capture. */
  readonly related: readonly LeadState[];
}

export type Events = readonly LeadRotatorEvent[];
export type Result = Events | Rejection<RefusalCode>;

let last = { at: Number.NaN, text: '' };
let lastButOne = last;

/** Decisions of a batch are of one instant and fall due at one: the last two texts are remembered (0.4 µs for each). */
export function iso(at: EpochMilliseconds): string {
  if (last.at === at) return last.text;
  if (lastButOne.at === at) return lastButOne.text;
  lastButOne = last;
  last = { at, text: new Date(at).toISOString() };
  return last.text;
}

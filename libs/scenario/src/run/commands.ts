import type { Result, Scene } from '@lead-rotator/claim';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import type { ScenarioLead } from '../file/read-people.ts';

/** Something that is wanted, in the form in which the services hand it to their command handling. */
export type SimulatedCommand =
  | { readonly capture: ScenarioLead }
  | { readonly leadId: LeadId; decide(scene: Scene, at: EpochMilliseconds): Result }
  | { readonly leadId?: undefined; decide(distribution: Distribution, at: EpochMilliseconds): Result };

/**
 * Commands one after the other, each given out when the one before it was answered: who runs them, in memory or
 * against a log, gives the answers.
 */
export type Commands<Outcome> = Generator<SimulatedCommand, Outcome, Result>;

/** One command, and what it comes to. */
export function* one(command: SimulatedCommand): Commands<Result> {
  return yield command;
}

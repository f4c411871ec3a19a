import { Rejection } from './rejection.ts';

/** What a decision comes to: events (none if nothing needs to be done), or a rejection. */
export type Decision<Event, Code extends string = string> = readonly Event[] | Rejection<Code>;

/**
 * Three pure functions: no clock, no chance, no I/O. The time, the seeds and the ids come in with the command.
 * `evolve` may change the state it is given and return it; states are never shared, who decides on a
 * trial basis forks first.
 */
export interface Decider<State, Command, Event, Code extends string = string> {
  initialState(): State;
  evolve(state: State, event: Event): State;
  decide(state: State, command: Command): Decision<Event, Code>;
}

/** True if the domain said no. */
export function isRejected<Event, Code extends string>(decision: Decision<Event, Code>): decision is Rejection<Code> {
  return decision instanceof Rejection;
}

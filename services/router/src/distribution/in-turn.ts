import type { ConfigurationCommand } from '@lead-rotator/command-handling';
import { isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { evolveDistribution, forkDistribution } from '@lead-rotator/rotation';

export type Decide = ConfigurationCommand['decide'];

/** Several decisions as one: each is taken on what those before it came to, and all are refused with the first that is. */
export function inTurn(...steps: readonly Decide[]): Decide {
  return (distribution, at) => {
    const fork = forkDistribution(distribution);
    const events: LeadRotatorEvent[] = [];
    for (const step of steps) {
      const decided = step(fork, at);
      if (isRejected(decided)) return decided;
      for (const event of decided) evolveDistribution(fork, event);
      events.push(...decided);
    }
    return events;
  };
}

/** The same decision as a part of a larger request: what is wrong with it is found under this path. */
export function under(path: string, decide: Decide): Decide {
  return (distribution, at) => {
    const decided = decide(distribution, at);
    if (!isRejected(decided)) return decided;
    const { path: within = '' } = decided.facts;
    return new Rejection(decided.code, { ...decided.facts, path: within === '' ? path : `${path}.${within}` });
  };
}

/** The same decision, for a request in whose field `name` stands the user that a refusal with no place is about. */
export function naming(name: string, decide: Decide): Decide {
  return (distribution, at) => {
    const decided = decide(distribution, at);
    if (!isRejected(decided) || decided.facts.path !== undefined || !aboutUsers.has(decided.code)) return decided;
    return new Rejection(decided.code, { ...decided.facts, path: name });
  };
}

const aboutUsers: ReadonlySet<string> = new Set(['unknown-user', 'already-member', 'not-a-member', 'not-in-team']);

/** The same decision, for a request that calls a part by another name than the rules do, or says otherwise what is wrong. */
export function called(name: string, rulesSay: string, decide: Decide, fault?: string): Decide {
  return (distribution, at) => {
    const decided = decide(distribution, at);
    if (!isRejected(decided) || decided.facts.path !== rulesSay) return decided;
    return new Rejection(decided.code, { ...decided.facts, path: name, ...(fault === undefined ? {} : { fault }) });
  };
}

/** The same decision about what is new, where no id was given, and so one that a key stands for is there already. */
export const repeating = (rulesSay: string, decide: Decide): Decide =>
  called('idempotency-key', rulesSay, decide, 'was sent with another request before');

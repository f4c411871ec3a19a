import type { randomWorld } from '@lead-rotator/scenario/random-world';
import type fc from 'fast-check';

type World = typeof randomWorld extends fc.Arbitrary<infer Value> ? Value : never;

/** Longer than a test takes: what is due then is not due in it. */
const never = '20h';

/**
 * A random world in which nothing hangs on the clock, so that it can be played as fast as services answer: nobody has
 * hours, windows to claim and offers do not end, and caps are those of a month.
 */
export function withoutClock({ users, rotations: [first, second], steps, ...world }: World): object {
  return {
    ...world,
    users: users.map(({ hours: _, timeZone: __, caps, ...user }) => ({ ...user, ...monthly(caps) })),
    rotations: [
      { ...unhurried(first), members: first.members.map(({ caps, ...member }) => ({ ...member, ...monthly(caps) })) },
      unhurried(second),
    ],
    steps: steps
      .filter((step) => !('wait' in step))
      .map((step) => ({
        ...step,
        // A second each: who was served before whom is the same on both clocks.
        at: '+1s',
        ...('change' in step ? { change: { ...step.change, strategy: unending(step.change.strategy) } } : {}),
      })),
  };
}

function unhurried({ strategy, caps, claim, ...rotation }: World['rotations'][number]): object {
  return {
    ...rotation,
    strategy: unending(strategy),
    ...monthly(caps),
    ...(claim === undefined ? {} : { claim: unwatched(claim) }),
  };
}

function monthly(caps: Readonly<Record<string, number>> | undefined): object {
  const [most] = Object.values(caps ?? {});
  return most === undefined ? {} : { caps: { monthly: most } };
}

function unending(strategy: object): object {
  return {
    ...strategy,
    ...('offerFor' in strategy ? { offerFor: never } : {}),
    ...('period' in strategy ? { period: 'month' } : {}),
  };
}

function unwatched({ pauses: _, warnBefore: __, clock: ___, ...claim }: Readonly<Record<string, unknown>>): object {
  return { ...claim, within: never };
}

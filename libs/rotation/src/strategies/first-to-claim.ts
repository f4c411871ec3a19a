import type { Strategy } from './strategy.ts';

/** The lead is offered to all at once, so nobody is next; whose turn it was is known when somebody claims it. */
export const firstToClaim: Strategy = {
  choose: () => undefined,
  serve: () => undefined,
};

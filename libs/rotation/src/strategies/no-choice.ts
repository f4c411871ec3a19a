import type { Strategy } from './strategy.ts';

/**
 * For queues, offers and manual distribution: nobody is next when a lead comes. An offered lead counts as the turn of
 * the member who was the first to claim it, and moves no line.
 */
export const noChoice: Strategy = {
  choose: () => undefined,
  serve: () => undefined,
};

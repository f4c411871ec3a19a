import './virtual-time/builtins.ts';
import { describe, expect, it } from '@jest/globals';

// As in the spec beside: nobody may import a module of Node before timers are replaced.
const { default: fc } = await import('fast-check');
const { parseScenario } = await import('@lead-rotator/scenario');
const { randomWorld } = await import('@lead-rotator/scenario/random-world');
const { hurried } = await import('../testing/hurried-world.ts');
const { livesOf } = await import('../testing/lives-of.ts');
const { idOfLead, playInVirtualTime } = await import('./play-scenario.ts');

const second = 1_000;
const minute = 60 * second;
/* `WORLDS=1000+200` plays two hundred, from seed 1000 on. In the last of the two from 23 on a lead waits and is given out. */
const [first = 23, count = 2] = (process.env.WORLDS ?? '').split('+').filter(Boolean).map(Number);
const seeds = Array.from({ length: count }, (_, index) => first + index);

/**
 * Of a minute, by the number of a step: what falls due after whole minutes never falls due together with another step, and
 * services have two seconds to come to an end with each.
 */
const offsetOf = (number: number) => Math.round((number + 1) * 2.6 * second);

describe('a random world through the services in virtual time comes to what it comes to in the simulator', () => {
  it.each(seeds)(
    'seed %i',
    async (seed) => {
      const [world] = fc.sample(randomWorld, { seed, numRuns: 1 });
      if (world === undefined) throw new Error('a seed gives a world');
      const scenario = parseScenario(JSON.stringify(hurried(world)));
      const steps = scenario.steps.map((step, number) => ({ ...step, at: step.at + offsetOf(number) }));
      const names = new Map(
        steps
          .flatMap(({ happening }) => ('lead' in happening ? [happening.lead.id] : []))
          .map((id) => [idOfLead(id), id]),
      );
      let number = 0;
      for await (const { services, simulator, answers } of playInVirtualTime(
        { ...scenario, steps },
        seed,
        15 * minute,
      )) {
        const step = steps[number++];
        const before = { at: step && new Date(step.at).toISOString(), happening: step?.happening };
        expect({ before, lives: livesOf(services, names) }).toEqual({ before, lives: livesOf(simulator) });
        expect({ before, code: answers.services }).toEqual({ before, code: answers.simulator });
      }
    },
    5 * minute,
  );
});

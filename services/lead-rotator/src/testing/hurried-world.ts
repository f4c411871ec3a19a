import type { randomWorld } from '@lead-rotator/scenario/random-world';
import type fc from 'fast-check';

type World = typeof randomWorld extends fc.Arbitrary<infer Value> ? Value : never;

/** A random world whose hours pass in minutes: services that look at the clock ten times a second are played for them. */
export function hurried(world: World): object {
  const text = JSON.stringify({ ...world, steps: world.steps.slice(0, 22) })
    .replace(
      /"(\+?)(\d+)m"/g,
      (_, sign: string, minutes: string) => `"${sign}${Math.min(12, Math.ceil(Number(minutes) / 6))}m"`,
    )
    .replaceAll('09:10-09:40', '09:03-09:09')
    .replaceAll('"from":"09:30","to":"10:00"', '"from":"09:06","to":"09:12"');
  return JSON.parse(text) as object;
}

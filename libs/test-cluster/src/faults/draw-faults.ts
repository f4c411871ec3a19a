import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const ofProcesses = ['process-killed', 'process-stopped'] as const;
const ofOthers = ['postgres-killed', 'broker-killed', 'answers-lost', 'connections-cut'] as const;

/** What is done to a cluster; `process` counts its processes from 0. */
export type FaultTarget =
  | { readonly kind: (typeof ofProcesses)[number]; readonly process: number }
  | { readonly kind: (typeof ofOthers)[number] };

/** A fault, the milliseconds before it, and for how many something is left down or still. */
export type DrawnFault = FaultTarget & { readonly pause: number; readonly lasts: number };

const longestPause = 2_000;
const longestDown = 5_000;
/** Longer than a consumer's session and a lease: others take over, and the one that stood still wakes as if nothing were. */
const longestStill = 12_000;

/**
 * Faults without end; the same seed gives the same ones. Every process is killed and stopped, and all else done, before
 * anything is done again.
 */
export function* drawFaults(seed: number, processes: number): Generator<DrawnFault, never> {
  const random = xoroshiro128plus(seed);
  const upTo = (most: number) => uniformInt(random, 0, most);
  for (;;) {
    const left = everyTarget(processes);
    while (left.length > 0) {
      for (const target of left.splice(upTo(left.length - 1), 1)) {
        const lasts = upTo(target.kind === 'process-stopped' ? longestStill : longestDown);
        yield { ...target, pause: upTo(longestPause), lasts };
      }
    }
  }
}

function everyTarget(processes: number): FaultTarget[] {
  const numbers = Array.from({ length: processes }, (_, process) => process);
  return [
    ...ofProcesses.flatMap((kind) => numbers.map((process) => ({ kind, process }))),
    ...ofOthers.map((kind) => ({ kind })),
  ];
}

import type { Chance } from '../chance.ts';
import { noWireFaults, type WireFaults } from '../network/network.ts';

export const faultKinds = [
  'process-killed',
  'process-stopped',
  'postgres-down',
  'kafka-down',
  'partitions-dealt-out',
  'clock-set',
] as const;

/** Something that is done to the world, so many milliseconds after the faults begin. */
export interface DrawnFault {
  readonly kind: (typeof faultKinds)[number];
  readonly at: number;
  /** For how long something is down or stands still. */
  readonly lasts: number;
  /** Which process, or which consumer group, counted round. */
  readonly which: number;
  /** By how much a clock is wrong afterwards. */
  readonly skew: number;
}

export interface FaultPlan {
  /** What befalls calls while there are faults. */
  readonly wires: WireFaults;
  readonly faults: readonly DrawnFault[];
  /** After so many milliseconds no other begins, and nothing befalls calls any more. */
  readonly end: number;
}

/** Longer than a session and a lease: others take over, and the one that stood still wakes as if nothing were. */
const longestStill = 9_000;
const longestDown = 3_000;
const largestSkew = 8_000;

/** Of each kind many or none, so that no kind hides behind another. */
export function drawFaults(chance: Chance): FaultPlan {
  const end = chance.between(2_000, 6_000);
  const wires = { ...noWireFaults };
  const often: Record<keyof WireFaults, number> = { late: 80, lost: 40, answerLost: 40, fatal: 6 };
  for (const kind of Object.keys(often) as (keyof WireFaults)[]) {
    if (chance.permille(500)) wires[kind] = chance.between(1, often[kind]);
  }
  const faults: DrawnFault[] = [];
  for (const kind of faultKinds) {
    if (!chance.permille(400)) continue;
    for (let count = chance.between(1, 5); count > 0; count -= 1) {
      const longest = kind === 'process-stopped' ? longestStill : longestDown;
      faults.push({
        kind,
        at: chance.between(0, end),
        lasts: chance.between(1, longest),
        which: chance.between(0, 99),
        skew: chance.between(-largestSkew, largestSkew),
      });
    }
  }
  return { wires, faults, end };
}

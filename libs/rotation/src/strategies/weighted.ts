import type { Turn } from '@lead-rotator/lead-events';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { eligibleIn, eligibleMembers } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Each turn every eligible member's credit grows by its share, the largest credit is served (ties by list order), and
 * loses what was given out. In whole numbers, so that every machine agrees. Who is not eligible keeps the credit.
 * 5, 1, 1 gives a a b a c a a (smooth weighted round robin, as in nginx).
 */
export const weighted: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const eligible = eligibleMembers(choice, passed);
    const sum = sumOfWeights(eligible);
    let best: Member | undefined;
    let most = -Infinity;
    for (const member of eligible) {
      const credit = member.owed + shareOf(member, sum);
      if (credit > most) {
        best = member;
        most = credit;
      }
    }
    return best === undefined ? undefined : { member: best };
  },

  serve(rotation: Rotation, chosen: Member, turn: Turn): void {
    const eligible = eligibleIn(turn, rotation);
    const sum = sumOfWeights(eligible);
    let given = 0;
    for (const member of eligible) {
      const share = shareOf(member, sum);
      member.owed += share;
      given += share;
    }
    chosen.owed -= given;
  },
};

function sumOfWeights(members: readonly Member[]): number {
  let sum = 0;
  for (const member of members) sum += member.weight;
  return sum;
}

/** floor(weight · 2³² ÷ sum), in two steps of 16 bits, so that no product leaves the exact whole numbers. */
function shareOf(member: Member, sum: number): number {
  const first = member.weight * 65536;
  const high = Math.floor(first / sum);
  return high * 65536 + Math.floor(((first - high * sum) * 65536) / sum);
}

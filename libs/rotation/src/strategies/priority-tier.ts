import type { Turn } from '@lead-rotator/lead-events';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { eligibleIn, eligibleMembers, leastOf } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * Each member takes their number of leads, then the cycle starts over. Interleaved: who has the most left; in a row:
 * the first in the list who has some left. When no eligible member has any left, the eligible ones are refilled.
 */
export const priorityTier: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { strategy } = choice.rotation;
    const eligible = eligibleMembers(choice, passed);
    const left = isCycleOver(eligible) ? fullOf : leftOf;
    const inARow = strategy.type === 'priority-tier' && strategy.order === 'in-a-row';
    const member = inARow ? eligible.find((one) => left(one) > 0) : leastOf(eligible, (one) => -left(one));
    return member === undefined ? undefined : { member };
  },

  serve(rotation: Rotation, chosen: Member, turn: Turn): void {
    const eligible = eligibleIn(turn, rotation);
    if (isCycleOver(eligible)) for (const member of eligible) member.left = fullOf(member);
    chosen.left -= 1;
  },
};

const leftOf = (member: Member): number => member.left;
const fullOf = (member: Member): number => member.settings.leadsPerCycle ?? 1;
const isCycleOver = (eligible: readonly Member[]): boolean => !eligible.some(({ left }) => left > 0);

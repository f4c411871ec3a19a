import type { Distribution } from '../distribution.ts';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { eligibleMembers, leastOf } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** The eligible member whose last turn is longest ago, in this rotation or in all; never served comes first. */
export const longestWaiting: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { distribution, rotation } = choice;
    const member = leastOf(eligibleMembers(choice, passed), (one) => lastTurnOf(distribution, rotation, one));
    return member === undefined ? undefined : { member };
  },
  serve: () => undefined,
};

function lastTurnOf(distribution: Distribution, { strategy }: Rotation, member: Member): number {
  if (strategy.type === 'longest-waiting' && strategy.scope === 'organization') {
    return distribution.loads.get(member.person.number)?.lastTurn ?? 0;
  }
  return member.lastTurn;
}

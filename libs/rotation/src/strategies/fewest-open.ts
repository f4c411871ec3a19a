import type { Distribution } from '../distribution.ts';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import { eligibleMembers, leastThenLongestWaiting } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Fewest open leads over all rotations, or the least share of what a user can hold. */
export const fewestOpen: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { distribution, rotation } = choice;
    const byShare = rotation.strategy.type === 'fewest-open' && rotation.strategy.by === 'share';
    const member = leastThenLongestWaiting(eligibleMembers(choice, passed), ({ userId }) =>
      byShare ? shareOf(distribution, userId) : distribution.openOf(userId),
    );
    return member === undefined ? undefined : { member };
  },
  serve: () => undefined,
};

/** Open leads ÷ capacity; without a limit 0. */
function shareOf(distribution: Distribution, userId: Member['userId']): number {
  const most = distribution.users.get(userId)?.maxOpen ?? 0;
  return most === 0 ? 0 : distribution.openOf(userId) / most;
}

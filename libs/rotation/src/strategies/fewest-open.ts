import type { PassedOverList } from '../passed-over.ts';
import type { User } from '../user.ts';
import { eligibleMembers, leastThenLongestWaiting } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Fewest open leads over all rotations, or the least share of what a user can hold. */
export const fewestOpen: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { distribution, rotation } = choice;
    const byShare = rotation.strategy.type === 'fewest-open' && rotation.strategy.by === 'share';
    const member = leastThenLongestWaiting(eligibleMembers(choice, passed), ({ person }) => {
      const open = distribution.loads.get(person.number)?.open ?? 0;
      return byShare ? shareOf(person.user, open) : open;
    });
    return member === undefined ? undefined : { member };
  },
  serve: () => undefined,
};

/** Open leads ÷ capacity; without a limit 0. */
const shareOf = ({ maxOpen }: User, open: number): number => (maxOpen === 0 ? 0 : open / maxOpen);

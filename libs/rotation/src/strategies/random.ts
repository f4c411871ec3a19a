import type { Turn } from '@lead-rotator/lead-events';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { Drawing } from './drawing.ts';
import { eligibleMembers } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Uniform among the eligible; with `noRepeat` not the last served, if another is eligible. */
export const random: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation } = choice;
    const { strategy } = rotation;
    if (strategy.type !== 'random') return undefined;
    const eligible = withoutRepeat(eligibleMembers(choice, passed), rotation, strategy.noRepeat === true);
    const draw = rotation.draws + 1;
    const member = eligible[Math.floor(new Drawing(strategy.seed, draw).fraction() * eligible.length)];
    return member === undefined ? undefined : { member, record: { seed: strategy.seed, draw } };
  },

  serve(rotation: Rotation, _member: Member, turn: Turn): void {
    rotation.draws = turn.draw ?? rotation.draws;
  },
};

function withoutRepeat(eligible: Member[], rotation: Rotation, noRepeat: boolean): Member[] {
  if (!noRepeat) return eligible;
  const others = eligible.filter(({ userId }) => userId !== rotation.lastServed);
  return others.length === 0 ? eligible : others;
}

import type { Member } from '@lead-rotator/rotation';
import type { JudgedTurn, PromiseCheck } from '../judged-turn.ts';

/** Nobody is served while a figure of somebody eligible is smaller. */
export class LeastFirst implements PromiseCheck {
  constructor(
    private readonly what: string,
    private readonly figureOf: (turn: JudgedTurn, member: Member) => number,
  ) {}

  see(turn: JudgedTurn) {
    const own = this.figureOf(turn, turn.chosen);
    for (const member of turn.eligible) {
      const figure = this.figureOf(turn, member);
      if (figure >= own) continue;
      return { instead: member.userId, why: `${this.what}: ${member.userId} ${figure}, ${turn.chosen.userId} ${own}` };
    }
    return undefined;
  }

  beginAnew(): void {}
}

/** The member whose last turn is longest ago, in this rotation or in all. */
export const longestWaitingFirst = () =>
  new LeastFirst('number of the last turn', ({ distribution, rotation: { strategy } }, { lastTurn, person }) =>
    strategy.type === 'longest-waiting' && strategy.scope === 'organization'
      ? (distribution.loads.get(person.number)?.lastTurn ?? 0)
      : lastTurn,
  );

/** The member with the fewest open leads, or the least part of their capacity. */
export const fewestOpenFirst = () =>
  new LeastFirst('open leads', ({ distribution, rotation: { strategy } }, { userId, person }) => {
    const open = distribution.openOf(userId);
    if (strategy.type !== 'fewest-open' || strategy.by !== 'share') return open;
    return person.user.maxOpen === 0 ? 0 : open / person.user.maxOpen;
  });

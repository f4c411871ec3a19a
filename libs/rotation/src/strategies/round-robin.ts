import type { Turn } from '@lead-rotator/lead-events';
import { isAbsence, isUnsuited } from '../eligibility.ts';
import type { Member } from '../member.ts';
import { type PassedOverList, reasonsInLine } from '../passed-over.ts';
import { reasonOf } from '../reason-codes.ts';
import type { Rotation } from '../rotation.ts';
import { codeFor } from './barred-from.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * The first in line who is eligible is served and goes to the back. Those in front of them go to the back too, before
 * them and in their order, and lose the turn; only whom this lead does not suit keep their places, so that nobody
 * starves behind a filter. Nobody eligible: the line stays.
 */
export const roundRobin: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation } = choice;
    for (const userId of rotation.extras) {
      const place = rotation.placeOf(userId);
      if (place !== undefined && codeFor(choice, place) === 0) return { place, record: { extra: true } };
    }
    const { line } = rotation;
    for (let index = 0; index < line.length; index += 1) {
      const place = line.at(index);
      const reason = reasonOf(codeFor(choice, place));
      if (reason === undefined) return { place };
      passed.add((rotation.list[place] as Member).userId, reason);
    }
    return undefined;
  },

  serve(rotation: Rotation, place: number, turn: Turn): void {
    const { line, extras, list } = rotation;
    if (turn.extra === true) extras.splice(extras.indexOf((list[place] as Member).userId), 1);
    else if (turn.passedOver.length === 0) line.serveFirst();
    else passOver(rotation, reasonsInLine(turn));
  },
};

/** Those whom this lead does not suit keep their places in the line, the others lose the turn. */
function passOver({ line, list, extras, settings }: Rotation, reasons: readonly string[]): void {
  const { makeUp } = settings;
  if (makeUp === 'all') {
    for (const [index, reason] of reasons.entries()) {
      if (isAbsence(reason)) extras.push((list[line.at(index)] as Member).userId);
    }
  }
  line.serve(reasons.length, (index) => {
    const reason = reasons[index] as string;
    return isUnsuited(reason) || (makeUp === 'one' && isAbsence(reason));
  });
}

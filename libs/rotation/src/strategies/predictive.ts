import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Candidate, Turn } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { fieldOf, type LeadFacts } from '../lead-facts.ts';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { Drawing } from './drawing.ts';
import { eligibleMembers } from './eligible.ts';
import { roundRobin } from './round-robin.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Goes up when the same figures would lead to another choice. */
const model = 1;

/**
 * Learns from won and lost leads: of each eligible member a chance to win a lead of this segment is drawn from what is
 * known of them (Thompson sampling: beta distribution over won + 1 and lost + 1), and the greatest is served. A share of
 * the turns goes by round robin, so that nobody is starved and the model keeps learning. A replay takes the choice from
 * the event.
 */
export const predictive: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation, lead } = choice;
    const { strategy } = rotation;
    if (strategy.type !== 'predictive') return undefined;
    const draw = rotation.draws + 1;
    const drawing = new Drawing(strategy.seed, draw);
    const record = { seed: strategy.seed, draw, model };
    if (drawing.fraction() < (strategy.guard ?? 0.1)) {
      const next = roundRobin.choose(choice, passed);
      return next && { member: next.member, record: { ...record, ...next.record, guard: true } };
    }
    const segment = segmentOf(rotation, lead.facts);
    let best: Member | undefined;
    let most = -Infinity;
    const candidates: Candidate[] = [];
    for (const member of eligibleMembers(choice, passed)) {
      const { won, lost } = member.outcomes.get(segment) ?? nothingKnown;
      const chance = drawing.chance(won, lost);
      candidates.push({ userId: member.userId, won, lost, draw: chance });
      if (chance > most) {
        best = member;
        most = chance;
      }
    }
    return best === undefined ? undefined : { member: best, record: { ...record, candidates } };
  },

  serve(rotation: Rotation, member: Member, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void {
    rotation.draws = turn.draw ?? rotation.draws;
    if (turn.guard === true) roundRobin.serve(rotation, member, turn, at, distribution);
  },
};

const nothingKnown = { won: 0, lost: 0 };

/** The lead's values of the fields by which the rotation learns, as one text. */
export function segmentOf({ strategy }: Rotation, lead: LeadFacts): string {
  const fields = strategy.type === 'predictive' ? (strategy.segment ?? ['source']) : [];
  return JSON.stringify(fields.map((field) => fieldOf(lead, field) ?? null));
}

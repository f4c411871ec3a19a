import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Candidate, Turn } from '@lead-rotator/lead-events';
import { v5 } from 'uuid';
import type { Barred } from '../barred.ts';
import { type Beliefs, outcomesOf } from '../beliefs.ts';
import type { Distribution } from '../distribution.ts';
import { fieldOf, isPersonal, type LeadFacts } from '../lead-facts.ts';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { barredFrom } from './barred-from.ts';
import { Drawing } from './drawing.ts';
import { Greatest } from './greatest.ts';
import { normalDraw, startOf } from './normal-draws.ts';
import { roundRobin } from './round-robin.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/** Goes up when the same figures would lead to another choice. */
const model = 2;
/** The likeliest by their draw are kept in the event, the others are counted. */
const candidatesAtMost = 10;

/**
 * Learns from won and lost leads: of each eligible member a chance to win a lead of this segment is drawn from what is
 * known of them (Thompson sampling), and the greatest is served. A share of the turns goes by round robin, so that
 * nobody is starved and the model keeps learning. A replay takes the choice from the event.
 */
export const predictive: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    const { rotation, lead, standings } = choice;
    const { strategy, list } = rotation;
    if (strategy.type !== 'predictive') return undefined;
    const { seed, guard = 0.1 } = strategy;
    const draw = rotation.draws + 1;
    const record = { seed, draw, model };
    if (new Drawing(seed, draw).fraction() < guard) {
      const next = roundRobin.choose(choice, passed);
      return next && { place: next.place, record: { ...record, ...next.record, guard: true } };
    }
    const barred = barredFrom(choice);
    passed.addAll(list, barred);
    const segment = segmentOf(rotation, lead.facts);
    const greatest = new Greatest(candidatesAtMost);
    const others = drawChances(standings.beliefsOf(segment), barred, startOf(seed, draw), greatest);
    const inOrder = greatest.inOrder();
    const [first] = inOrder;
    if (first === undefined) return undefined;
    const candidates = inOrder.map(({ place, value }) => candidate(list[place] as Member, segment, value));
    return {
      place: first.place,
      record: { ...record, candidates, ...(others === 0 ? {} : { otherCandidates: others }) },
    };
  },

  serve(rotation: Rotation, place: number, turn: Turn, at: EpochMilliseconds, distribution: Distribution): void {
    rotation.draws = turn.draw ?? rotation.draws;
    if (turn.guard === true) roundRobin.serve(rotation, place, turn, at, distribution);
  },
};

/** Gives back how many eligible members are not among the greatest. */
function drawChances({ means, deviations }: Beliefs, { codes }: Barred, start: number, greatest: Greatest): number {
  let drawn = 0;
  for (let place = 0; place < means.length; place += 1) {
    if (codes[place] !== 0) continue;
    drawn += 1;
    const value = (means[place] as number) + (deviations[place] as number) * normalDraw(start, place);
    if (value > greatest.least) greatest.add(place, value);
  }
  return Math.max(0, drawn - candidatesAtMost);
}

/** The draw is the logarithm of the odds; the event has the chance. */
const candidate = (member: Member, segment: string, draw: number): Candidate => ({
  userId: member.userId,
  ...outcomesOf(member, segment),
  draw: 1 / (1 + Math.exp(-draw)),
});

/**
 * The segment of a lead, as events and models have it: the values of the fields by which the rotation learns, as one text;
 * if one of them says something of a person, a UUIDv5 in its place, by which leads are told to be alike and no more.
 */
export function segmentOf(rotation: Rotation, lead: LeadFacts): string {
  return lead.segment ?? closedSegment(rotation, clearSegmentOf(rotation, lead));
}

/** The segment as deciders before version 5 wrote it down. */
export function clearSegmentOf(rotation: Rotation, lead: LeadFacts): string {
  return JSON.stringify(segmentFields(rotation).map((field) => fieldOf(lead, field) ?? null));
}

/** What `segmentOf` makes of a segment in clear. */
export function closedSegment(rotation: Rotation, clear: string): string {
  return learnsByPerson(rotation) ? v5(`${rotation.id} ${clear}`, v5.URL) : clear;
}

/** Whether its segments are made of what is gone when the person is forgotten. */
export const learnsByPerson = (rotation: Rotation): boolean => segmentFields(rotation).some(isPersonal);

const segmentFields = ({ strategy }: Rotation): readonly string[] =>
  strategy.type === 'predictive' ? (strategy.segment ?? ['source']) : [];

import type { Scene } from '@lead-rotator/claim';
import { isRejected, type Position } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { Decide } from './decide-again.ts';
import { differencesOf, type FieldDifference } from './differences.ts';
import { scenesWithoutPerson } from './without-person.ts';

/** Something about a decision that was recorded in one way and comes out in another. */
export interface DecisionDifference {
  /** Of the event that differs, or behind which one is missing. */
  readonly position: Position;
  readonly organizationId: string;
  readonly leadId?: string;
  /**
   * `other-data`: the same event comes out, with other data (`fields`). `other-event`: another one, or none.
   * `missing-event`: one more comes out. `unfounded`: nothing stands before it from which it follows.
   * `refused`: the deciders do not allow it (`refusal`). `unjudged`: it names deciders that this copy does not have.
   */
  readonly kind: 'other-data' | 'other-event' | 'missing-event' | 'unfounded' | 'refused' | 'unjudged';
  readonly recorded?: LeadRotatorEvent;
  readonly expected?: LeadRotatorEvent;
  readonly fields?: readonly FieldDifference[];
  readonly refusal?: string;
}

/** What came of taking a decision again. */
export interface Judgement {
  /** How many of the recorded events belong to the decision. */
  readonly events: number;
  /** It comes out as recorded if what was erased came out as recorded. */
  readonly erased: boolean;
  readonly differences: readonly DecisionDifference[];
  /** What came out. */
  readonly expected: readonly LeadRotatorEvent[];
}

/** Gives the recorded events from the beginning of a decision on, so many as are left. */
export type Ahead = (count: number) => Promise<readonly RecordedLeadEvent[]>;

/** Takes a decision again and compares it with the recorded events. `isErased`: what it looked at of a person may be gone. */
export async function judgeDecision(decide: Decide, scene: Scene, isErased: boolean, ahead: Ahead): Promise<Judgement> {
  const judged = await judge(decide, scene, ahead);
  if (!isErased || judged.differences.length === 0) return judged;
  const recorded = await ahead(Math.max(judged.expected.length, 2));
  for (const other of scenesWithoutPerson(scene, recorded)) {
    const again = await judge(decide, other, ahead);
    if (again.differences.length === 0) return { ...again, erased: true };
  }
  return judged;
}

async function judge(decide: Decide, scene: Scene, ahead: Ahead): Promise<Judgement> {
  const [root] = (await ahead(1)) as [RecordedLeadEvent];
  const failed = (refusal: string): Judgement => ({
    events: 1,
    erased: false,
    differences: [{ ...placeOf(root), kind: 'refused', recorded: bare(root), refusal }],
    expected: [],
  });
  let expected: ReturnType<Decide>;
  try {
    expected = decide(scene, Date.parse(root.data.at));
  } catch (error) {
    return failed(String(error));
  }
  if (isRejected(expected)) return failed(expected.code);
  const recorded = await ahead(expected.length);
  return compare(root, recorded, expected);
}

function compare(
  root: RecordedLeadEvent,
  ahead: readonly RecordedLeadEvent[],
  expected: readonly LeadRotatorEvent[],
): Judgement {
  const differences: DecisionDifference[] = [];
  const end = (events: number): Judgement => ({ events, erased: false, differences, expected });
  if (expected.length === 0) {
    differences.push({ ...placeOf(root), kind: 'other-event', recorded: bare(root) });
    return end(1);
  }
  for (const [index, one] of expected.entries()) {
    const event = ahead[index];
    if (event === undefined || event.organizationId !== root.organizationId || !isAlike(event, one)) {
      // What begins with the root is compared with the root; a later event may begin a decision of its own.
      const [before, place] = [ahead[Math.max(0, index - 1)] ?? root, index === 0 ? root : undefined];
      differences.push(
        place === undefined
          ? { ...placeOf(before), kind: 'missing-event', expected: one }
          : { ...placeOf(root), kind: 'other-event', recorded: bare(root), expected: one },
      );
      return end(Math.max(1, index));
    }
    const fields = differencesOf(event.data, one.data);
    if (fields.length > 0) {
      differences.push({ ...placeOf(event), kind: 'other-data', recorded: bare(event), expected: one, fields });
    }
  }
  return end(expected.length);
}

const isAlike = (one: LeadRotatorEvent, other: LeadRotatorEvent): boolean =>
  one.type === other.type && leadOf(one) === leadOf(other);

const leadOf = ({ data }: LeadRotatorEvent): string | undefined => ('leadId' in data ? data.leadId : undefined);

export function placeOf(event: RecordedLeadEvent): Pick<DecisionDifference, 'position' | 'organizationId' | 'leadId'> {
  const { position, organizationId } = event;
  const leadId = leadOf(event);
  return { position, organizationId, ...(leadId === undefined ? {} : { leadId }) };
}

export const bare = ({ type, data }: RecordedLeadEvent): LeadRotatorEvent => ({ type, data }) as LeadRotatorEvent;

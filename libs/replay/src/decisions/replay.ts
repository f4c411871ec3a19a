import { deciderVersion } from '@lead-rotator/claim';
import type { Position } from '@lead-rotator/event-sourcing';
import type { RecordedLeadEvent, RotationId } from '@lead-rotator/lead-events';
import type { Recall } from '../leads/lead-book.ts';
import { OrganizationStand } from '../leads/organization-stand.ts';
import { decisionBegunBy } from './decide-again.ts';
import { decisionBegunByVersion1 } from './deciders-1.ts';
import { decisionBegunByVersion2 } from './deciders-2.ts';
import { decisionBegunByVersion4 } from './deciders-4.ts';
import { EventBuffer } from './event-buffer.ts';
import { bare, type DecisionDifference, type Judgement, judgeDecision, placeOf } from './judge-decision.ts';

export interface ReplayOptions {
  /** Only decisions that begin with such an event are told; default: all. The others are only taken in. */
  readonly isWanted?: (event: RecordedLeadEvent) => boolean;
  /** Only decisions that have to do with this rotation are told. */
  readonly rotationId?: string;
  /** How leads are read again that were let go; without it all stay in memory. */
  readonly recall?: (organizationId: RecordedLeadEvent['organizationId']) => Recall;
  readonly leadsInMemory?: number;
  /** Told of every difference, in order. */
  readonly report: (difference: DecisionDifference) => void;
}

/** What a replay has come to. */
export interface ReplayReport {
  /** Decisions that were taken again. */
  readonly decisions: number;
  /** Of these, those with a difference. */
  readonly different: number;
  /** Of these, those that come out as recorded if what was erased came out as recorded. */
  readonly erased: number;
  /** Decisions by deciders that this copy does not have: they are told as `unjudged`, and not counted as different. */
  readonly unjudged: number;
  /** The last position that was read. */
  readonly position: Position;
}

/** The deciders of each version that decisions were recorded with; those of today are the newest. */
const decidersByVersion: Readonly<Record<number, (event: RecordedLeadEvent) => ReturnType<typeof decisionBegunBy>>> = {
  1: decisionBegunByVersion1,
  2: decisionBegunByVersion2,
  // They decide alike, and the state before them differs: see `decidedBefore`.
  3: decisionBegunByVersion4,
  // It left a lead waiting where version 5 gives it out as new: nothing was recorded, so nothing differs.
  4: decisionBegunByVersion4,
  [deciderVersion]: decisionBegunBy,
};

/**
 * Takes every decision of a log again, from what stands before it, by the deciders of the services, and tells what comes
 * out otherwise than it was recorded. Times, seeds and ids, and what people did, come from the recorded events.
 * `pages`: all events of the log from the first on, in order, with personal data in clear as far as it is left.
 */
export async function replayDecisions(
  pages: AsyncIterable<readonly RecordedLeadEvent[]>,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const counts = { decisions: 0, different: 0, erased: 0, unjudged: 0, position: 0 };
  const stands = new Map<string, OrganizationStand>();
  const buffer = new EventBuffer(pages);
  const { isWanted = () => true, report } = options;
  for (;;) {
    const [event] = await buffer.ahead(1);
    if (event === undefined) return counts;
    const stand = standOf(stands, event, options);
    const { events, differences, erased, told } = await judgeFrom(event, stand, buffer, options);
    if (told && isWanted(event)) {
      if (told === 'unjudged') counts.unjudged += 1;
      else {
        counts.decisions += 1;
        if (differences.length > 0) counts.different += 1;
      }
      if (erased) counts.erased += 1;
      for (const difference of differences) report(difference);
    }
    for (const one of await buffer.ahead(events)) {
      await stand.evolve(one);
      counts.position = one.position;
    }
    buffer.skip(events);
    stand.leads.letGo();
  }
}

interface Told extends Pick<Judgement, 'events' | 'differences' | 'erased'> {
  /** Undefined: no decision, or one that nobody wants to know of. */
  readonly told?: 'judged' | 'unjudged';
}

const nothing: Told = { events: 1, differences: [], erased: false };

async function judgeFrom(
  event: RecordedLeadEvent,
  stand: OrganizationStand,
  buffer: EventBuffer,
  { rotationId }: ReplayOptions,
): Promise<Told> {
  const begun = (decidersByVersion[event.decider ?? 1] ?? (() => undefined))(event);
  if (begun === 'given') return nothing;
  const scene = await stand.sceneBefore(event);
  const concerns = (events: readonly { data: object }[]) =>
    rotationId === undefined ||
    scene?.lead.turnRotationId === rotationId ||
    events.some(({ data }) => 'rotationId' in data && data.rotationId === (rotationId as RotationId));
  const toldAs = (kind: DecisionDifference['kind']) => [{ ...placeOf(event), kind, recorded: bare(event) }];
  if (begun === undefined) {
    return concerns([event]) ? { ...nothing, differences: toldAs('unjudged'), told: 'unjudged' } : nothing;
  }
  if (begun === 'unfounded' || scene === undefined) {
    const differences = toldAs('unfounded');
    return concerns([event]) ? { ...nothing, differences, told: 'judged' } : nothing;
  }
  const isErased = [scene.lead, ...scene.related].some((lead) => stand.leads.isErased(lead));
  const judged = await judgeDecision(begun, scene, isErased, (count) => buffer.ahead(count));
  const recorded = await buffer.ahead(judged.events);
  return concerns([...recorded, ...judged.expected])
    ? { ...judged, told: 'judged' }
    : { ...nothing, events: judged.events };
}

function standOf(
  stands: Map<string, OrganizationStand>,
  { organizationId }: RecordedLeadEvent,
  { recall, leadsInMemory }: ReplayOptions,
): OrganizationStand {
  let stand = stands.get(organizationId);
  if (stand === undefined) {
    stand = new OrganizationStand(recall?.(organizationId), leadsInMemory);
    stands.set(organizationId, stand);
  }
  return stand;
}

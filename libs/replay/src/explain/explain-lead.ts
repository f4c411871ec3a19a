import { evolveLead, type LeadState, noticeOf } from '@lead-rotator/claim';
import type { Actor, Cause, Position } from '@lead-rotator/event-sourcing';
import {
  configurationTag,
  definitionOf,
  type EventOfType,
  type LeadId,
  type RecordedLeadEvent,
} from '@lead-rotator/lead-events';
import { Distribution, evolveDistribution } from '@lead-rotator/rotation';
import { isErased } from '../personal-data.ts';
import { explainEvent } from './explain-event.ts';
import { namesIn } from './names.ts';
import { reasonsOf } from './reasons-of.ts';
import { noticeSentence } from './words.ts';

/** One thing that happened to a lead. */
export interface ExplainedEvent {
  readonly position: Position;
  readonly at: string;
  readonly type: string;
  /** What happened and why. */
  readonly words: string;
  /** Which rule decided, by which part of its condition; whom a filter kept out. One sentence each. */
  readonly reasons: readonly string[];
  /** Who caused it, in words. */
  readonly by: string;
  readonly actor: Actor;
  /** What it answers. */
  readonly cause: Cause;
  readonly data: unknown;
}

/** Everything that happened to a lead, oldest first. */
export interface LeadStory {
  readonly leadId: LeadId;
  readonly source: string;
  readonly sourceLeadId: string;
  /** As the log gives it: in clear, `{ sealed: true }`, or `{ erased: true }`. */
  readonly person: EventOfType<'LeadCaptured'>['data']['person'];
  readonly ownerId: string | null;
  /** The owner as they are called now. */
  readonly owner: string | null;
  readonly entries: readonly ExplainedEvent[];
}

/**
 * Tells the story of a lead by the users, rotations and rules of each moment.
 * `events`: those of the lead and those of the configuration, in order; others are passed over.
 * Undefined if the lead was never captured.
 */
export function explainLead(events: Iterable<RecordedLeadEvent>, leadId: LeadId): LeadStory | undefined {
  const distribution = new Distribution();
  const entries: ExplainedEvent[] = [];
  let lead: LeadState | undefined;
  let captured: EventOfType<'LeadCaptured'>['data'] | undefined;
  for (const event of events) {
    if ('leadId' in event.data && event.data.leadId === leadId) {
      if (event.type === 'LeadCaptured') captured ??= event.data;
      const before = lead;
      lead = evolveLead(lead, event);
      const facts = (before ?? lead)?.facts;
      if (facts === undefined || captured === undefined) continue;
      const reasons = reasonsOf(event, { distribution, facts, erased: isErased(captured.person) });
      entries.push(told(event, distribution, reasons));
    }
    if (isConfiguration(event)) evolveDistribution(distribution, event);
  }
  if (captured === undefined) return undefined;
  const { source, sourceLeadId, person } = captured;
  const ownerId = lead?.ownerId ?? null;
  const owner = ownerId === null ? null : namesIn(distribution).user(ownerId);
  return { leadId, source, sourceLeadId, person, ownerId, owner, entries };
}

const isConfiguration = ({ type, data }: RecordedLeadEvent): boolean =>
  definitionOf(type)
    ?.tags(data as never)
    .includes(configurationTag) === true;

function told(event: RecordedLeadEvent, distribution: Distribution, reasons: string[]): ExplainedEvent {
  const { position, type, actor, cause, data } = event;
  const names = namesIn(distribution);
  const raised = noticeOf(event);
  return {
    position,
    at: new Date(event.at).toISOString(),
    type,
    words: explainEvent(event, names) ?? type,
    reasons: [...reasons, ...(raised === undefined ? [] : [noticeSentence(raised.notice)])],
    by: actorWords(actor, names.user),
    actor,
    cause,
    data,
  };
}

const services: Readonly<Record<string, string>> = {
  router: 'the router',
  sla: 'the watch over deadlines',
  intake: 'the intake',
};

function actorWords(actor: Actor, nameOf: (userId: string) => string): string {
  const [kind = '', id = ''] = actor.split(/:(.*)/s);
  if (kind === 'user') return nameOf(id);
  return kind === 'source' ? `source ${id}` : (services[id] ?? id);
}

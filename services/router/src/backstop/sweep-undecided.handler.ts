import type { EventLog, EventPlace } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import { leadTag } from '@lead-rotator/lead-events';
import type { Logger } from '@lead-rotator/service-host';
import { assignCapturedLead } from '../decisions/assign-captured-lead.ts';
import { type CapturedLead, capturedLeads } from '../decisions/captured-lead.ts';
import type { DecideLeads } from '../decisions/decide-leads.handler.ts';
import type { RouterMetrics } from '../router-metrics.ts';
import type { DecidedCursor } from './decided-cursor.ts';
import { MessageFront } from './message-front.ts';
import type { RecentDecisions } from './recent-decisions.ts';

const pageSize = 1_000;

/** The first of them is the decision about a captured lead; one that is closed before it is decided is given to nobody. */
export const decisionTypes = [
  'LeadAssigned',
  'LeadLeftUnassigned',
  'LeadOffered',
  'LeadHandedOver',
  'LeadWon',
  'LeadLost',
];

export interface SweepParts {
  readonly log: EventLog;
  readonly cursor: DecidedCursor;
  readonly recent: RecentDecisions;
  readonly decideLeads: DecideLeads;
  readonly metrics: RouterMetrics;
  readonly logger: Logger;
  readonly now: () => EpochMilliseconds;
  /** A captured lead is left to its message for so long. */
  readonly delayMilliseconds: number;
}

/**
 * Decides from the log what no message has brought: messages that expired, were dead-lettered or skipped, a broker that
 * is down. Goes over the captured leads once, in order, behind the usual way: what that has decided costs a look at where
 * it stands, what nobody here remembers is read, and looked up by tag.
 */
export class SweepUndecided {
  readonly #front: MessageFront;

  constructor(private readonly parts: SweepParts) {
    this.#front = new MessageFront(parts.delayMilliseconds);
  }

  /** Goes on until leads are too young or their messages may still come, or the signal is aborted. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { log, cursor, recent, metrics, now, delayMilliseconds } = this.parts;
    const givenUpTo = this.#front.givenUpTo(recent.front, now());
    const logId = await log.id();
    const start = await cursor.load(logId);
    let position = start;
    let found = 0;
    let oldest = 0;
    try {
      while (!signal.aborted) {
        const page = await log.readPlaces({ after: position, limit: pageSize, types: ['LeadCaptured'] });
        const { places } = page;
        const young = places.findIndex((lead) => lead.position > givenUpTo || lead.at > now() - delayMilliseconds);
        const due = young === -1 ? places : places.slice(0, young);
        const undecided = await this.#undecided(due);
        if (undecided[0] !== undefined) oldest = Math.max(oldest, now() - undecided[0].at);
        await this.#decide(undecided);
        found += undecided.length;
        position = young === -1 ? page.readTo : (places[young] as EventPlace).position - 1;
        if (young !== -1 || page.readTo >= page.head) return;
      }
    } finally {
      metrics.leftBehind(found, oldest);
      if (position > start) await cursor.save(logId, position);
    }
  }

  async #undecided(captured: readonly EventPlace[]): Promise<CapturedLead[]> {
    const unknown = await this.#unknown(captured.filter(({ position }) => !this.parts.recent.has(position)));
    const byOrganization = Map.groupBy(unknown, ({ organizationId }) => organizationId);
    const decided = await Promise.all([...byOrganization].map(([id, leads]) => this.#decidedOf(id, leads)));
    const all = new Set(decided.flat());
    return unknown.filter(({ data }) => !all.has(data.leadId));
  }

  /** The leads of these places, which lie on one page. */
  async #unknown(places: readonly EventPlace[]): Promise<CapturedLead[]> {
    const [first, last] = [places[0], places.at(-1)];
    if (first === undefined || last === undefined) return [];
    const page = { after: first.position - 1, until: last.position, limit: pageSize, types: ['LeadCaptured'] };
    const { events } = await this.parts.log.read(page);
    const wanted = new Set(places.map(({ position }) => position));
    return capturedLeads(events.filter(({ position }) => wanted.has(position)));
  }

  async #decidedOf(organizationId: OrganizationId, leads: readonly CapturedLead[]): Promise<string[]> {
    const tags = leads.map(({ data }) => leadTag(data.leadId));
    const decisions = await this.parts.log.readByTags({ organizationId, tags, types: decisionTypes });
    return decisions.map(({ data }) => (data as { leadId: string }).leadId);
  }

  async #decide(undecided: readonly CapturedLead[]): Promise<void> {
    if (undecided.length === 0) return;
    const { decideLeads, recent, logger } = this.parts;
    const positions: Position[] = undecided.map(({ position }) => position);
    recent.sweeps(positions);
    logger.warn(
      { leads: undecided.length, from: positions[0], to: positions.at(-1) },
      'no message came: decided from the log',
    );
    await decideLeads.decide(undecided.map((lead) => assignCapturedLead(lead, false)));
  }
}

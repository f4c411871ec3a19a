import { Lane } from '@lead-rotator/command-handling';
import type { ContactDirectory, ContactIdentifier, EventLog } from '@lead-rotator/event-log';
import type { Appended, AppendOutcome, OrganizationId, Position, Unit } from '@lead-rotator/event-sourcing';
import { type ContactId, type EventOfType, leadTag, readEvent, toNewEvent } from '@lead-rotator/lead-events';
import { captureLead } from '@lead-rotator/lead-intake';
import {
  CONTACT_DIRECTORY,
  EVENT_LOG,
  LOGGER,
  type Logger,
  MonotonicClock,
  traceIdOf,
} from '@lead-rotator/service-host';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureRequest } from './capture-request.ts';
import type { CapturedLead } from './captured-lead.response.ts';
import { IntakeMetrics } from './intake-metrics.ts';

export interface CaptureAnswer {
  /** False when the lead was captured before, by an earlier request or earlier in this one. */
  readonly created: boolean;
  readonly lead: CapturedLead;
}

type LeadCaptured = EventOfType<'LeadCaptured'>;

/** Leads whose contacts are looked up in one statement. */
const mostAtOnce = 1_000;

/**
 * Writes leads to the log. A lead is a unit of its own whose id is the lead's, so the log itself takes each once and
 * for ever, whoever sends it how often and to which copy: no guard is needed, and no look-up before.
 */
@Injectable()
export class CaptureLeads {
  /** One look at the contacts for what all partitions and requests bring while another one is under way. */
  readonly #contacts = new Lane<CaptureRequest, readonly ContactId[]>(
    (requests) => this.#resolveContacts(requests),
    mostAtOnce,
  );

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CONTACT_DIRECTORY) private readonly directory: ContactDirectory,
    private readonly clock: MonotonicClock,
    private readonly metrics: IntakeMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Answers in the order of the requests, when all are on disk.
   * @throws LogUnavailable when that is not known; the same requests may be handed in again.
   */
  async capture(requests: readonly CaptureRequest[]): Promise<CaptureAnswer[]> {
    const contactIds = await Promise.all(requests.map((request) => this.#contacts.add(request)));
    const events = requests.map((request, index) => this.#decide(request, contactIds[index] ?? []));
    const units = requests.map((request, index) => unitOf(request, events[index] as LeadCaptured));
    const outcomes = (await this.log.appendAll(units)).map(asAppended);
    const seen = new Set<number>();
    const isNew = outcomes.map(({ first, repeated }) => !repeated && !seen.has(first) && seen.add(first) !== undefined);
    const earlier = await this.#readEarlier(requests.filter((_, index) => !isNew[index]));
    return outcomes.map(({ first }, index) => {
      const created = isNew[index] === true;
      const event = created ? events[index] : earlier.get(first);
      if (event === undefined) throw new Error(`no LeadCaptured at position ${first}, where the log says it stands`);
      this.#note(requests[index] as CaptureRequest, created, first);
      return { created, lead: answerOf(event.data, first) };
    });
  }

  #note({ organizationId, leadId, traceparent }: CaptureRequest, created: boolean, position: Position): void {
    this.metrics.captured(created);
    if (!this.logger.isLevelEnabled('debug')) return;
    const facts = { organizationId, leadId, position, traceId: traceIdOf(traceparent) };
    this.logger.debug(facts, created ? 'a lead was captured' : 'a lead came again');
  }

  #decide({ leadId, sourceLeadId, lead }: CaptureRequest, contactIds: readonly ContactId[]): LeadCaptured {
    const command = { leadId, sourceLeadId, lead, contactIds, at: this.clock.now() };
    const [event] = [captureLead.decide(captureLead.initialState(), command)].flat() as LeadCaptured[];
    return event as LeadCaptured;
  }

  async #resolveContacts(requests: readonly CaptureRequest[]): Promise<(readonly ContactId[])[]> {
    const byOrganization = Map.groupBy(requests, ({ organizationId }) => organizationId);
    const ids = new Map<CaptureRequest, readonly ContactId[]>();
    const resolve = async (organizationId: OrganizationId, its: readonly CaptureRequest[]) => {
      const resolved = await this.directory.resolve(organizationId, its.map(identifiersOf));
      for (const [index, request] of its.entries()) ids.set(request, resolved[index] ?? []);
    };
    await Promise.all([...byOrganization].map(([organizationId, its]) => resolve(organizationId, its)));
    return requests.map((request) => ids.get(request) ?? []);
  }

  /** The first answers of leads that were there already, by position. */
  async #readEarlier(requests: readonly CaptureRequest[]): Promise<ReadonlyMap<number, LeadCaptured>> {
    const byOrganization = Map.groupBy(requests, ({ organizationId }) => organizationId);
    const pages = [...byOrganization].map(([organizationId, its]) => {
      const tags = its.map(({ leadId }) => leadTag(leadId));
      return this.log.readByTags({ organizationId, tags, types: ['LeadCaptured'] });
    });
    const events = (await Promise.all(pages)).flat();
    return new Map(events.map((event) => [event.position, readEvent(event) as LeadCaptured]));
  }
}

function identifiersOf({ lead: { email, phone } }: CaptureRequest): ContactIdentifier[] {
  const identifiers: ContactIdentifier[] = [];
  if (email !== undefined) identifiers.push({ kind: 'email', value: email });
  if (phone !== undefined) identifiers.push({ kind: 'phone', value: phone });
  return identifiers;
}

function unitOf(request: CaptureRequest, event: LeadCaptured): Unit {
  const { organizationId, leadId, lead, sender, cause, traceparent } = request;
  const context = { organizationId, actor: sender ?? (`source:${lead.source}` as const), cause };
  return {
    id: `capture:${organizationId}:${leadId}`,
    events: [toNewEvent(event, traceparent === undefined ? context : { ...context, traceparent })],
    guards: [],
  };
}

function asAppended(outcome: AppendOutcome): Appended {
  if (outcome.status === 'appended') return outcome;
  throw new Error(`a unit without guards was refused for ${outcome.tag}`);
}

function answerOf(data: LeadCaptured['data'], position: number): CapturedLead {
  const { leadId, source, sourceLeadId: id, status, receivedAt, at: capturedAt } = data;
  return { leadId, source, id, status, receivedAt, capturedAt, position };
}

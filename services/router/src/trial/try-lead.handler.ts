import { assignLead, giveOut, type LeadState, rulesOf } from '@lead-rotator/claim';
import type { ContactDirectory, EventLog } from '@lead-rotator/event-log';
import { type EpochMilliseconds, type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import {
  contactTag,
  type LeadId,
  type LeadRotatorEvent,
  leadTag,
  type RotationId,
  type Rule,
} from '@lead-rotator/lead-events';
import { type Distribution, forkDistribution, holds } from '@lead-rotator/rotation';
import { Refused } from '@lead-rotator/service-host';
import { anybody, managers, managersOf } from '../access/rights.ts';
import type { Distributions } from '../distribution/distributions.ts';
import { loadLeads } from './load-leads.ts';
import { acceptTrial, knownContacts, trialLead } from './trial-lead.ts';

/** A rule that was come to, and whether its condition held. */
export interface RuleTried {
  readonly id: string;
  readonly holds: boolean;
}

export interface Trial {
  readonly events: readonly LeadRotatorEvent[];
  readonly tried: readonly RuleTried[];
}

/** What would become of leads, by the deciders of the real ones, on forks that are thrown away. */
export class TryLead {
  constructor(
    private readonly distributions: Distributions,
    private readonly log: EventLog,
    private readonly directory: ContactDirectory,
    private readonly defaultCountry: string | undefined,
  ) {}

  /**
   * The whole way of a lead that is not there. `rules`: in place of those in force; `time`: of the trial, in place of now.
   * @throws Refused, InvalidRequest
   */
  async byRules(
    context: EventContext,
    input: unknown,
    rules?: readonly Rule[],
    time?: EpochMilliseconds,
  ): Promise<Trial> {
    const { distribution, at: now } = await this.distributions.current(context, managers);
    const at = time ?? now;
    const { organizationId } = context;
    const inbound = acceptTrial(input, distribution.organization.country ?? this.defaultCountry);
    const contactIds = await knownContacts(this.directory, organizationId, inbound);
    const lead = trialLead(inbound, contactIds, at);
    const related = [...(await loadLeads(this.log, organizationId, contactIds.map(contactTag))).values()];
    const fork = forkDistribution(distribution);
    if (rules !== undefined) fork.ruleSet = { version: (distribution.ruleSet?.version ?? 0) + 1, rules };
    const events = assignLead({ distribution: fork, lead, related }, at);
    return { events, tried: rulesTried(fork, lead, events) };
  }

  /**
   * What a rotation would do now with a lead of the log, or with one of which nothing is known.
   * @throws Refused: `unknown-rotation`, `unknown-lead`, `not-allowed`; `closed`, as nobody would get it
   */
  async byRotation(context: EventContext, rotationId: RotationId, leadId?: LeadId): Promise<Trial> {
    const right = leadId === undefined ? anybody : managersOf(rotationId);
    const { distribution, at } = await this.distributions.current(context, right);
    const rotation = distribution.rotations.get(rotationId);
    if (rotation === undefined) throw new Refused(new Rejection('unknown-rotation', { rotationId }));
    const known = leadId === undefined ? trialLead({ source: '' }, [], at) : await this.#find(context, leadId);
    // As if nobody had it; who had it before still had it.
    const lead = { ...known, ownerId: undefined };
    const events = giveOut({ distribution, lead, related: [] }, rotation, { step: 'rules' }, at);
    return { events, tried: [] };
  }

  async #find({ organizationId }: EventContext, leadId: LeadId): Promise<LeadState> {
    const lead = (await loadLeads(this.log, organizationId, [leadTag(leadId)])).get(leadId);
    if (lead === undefined) throw new Refused(new Rejection('unknown-lead', { leadId }));
    if (lead.closed !== undefined) throw new Refused(new Rejection('closed', { leadId }));
    return lead;
  }
}

/** From the first rule to the one that decided; none, if the lead did not come to the rules. */
function rulesTried(distribution: Distribution, lead: LeadState, [event]: readonly LeadRotatorEvent[]): RuleTried[] {
  const why = event !== undefined && 'why' in event.data ? event.data.why : undefined;
  if (why?.step !== 'rules') return [];
  const { rules } = rulesOf(distribution);
  const decided = rules.findIndex(({ id }) => id === why.rule);
  return rules.slice(0, decided < 0 ? rules.length : decided + 1).map(({ id, when }) => ({
    id,
    holds: when === undefined || holds(distribution, when, lead.facts),
  }));
}

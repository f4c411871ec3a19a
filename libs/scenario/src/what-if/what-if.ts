import { assignLead, leaveDeactivatedOwner, type Result, type Scene } from '@lead-rotator/claim';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent, RecordedLeadEvent, UserId } from '@lead-rotator/lead-events';
import { one } from '../run/commands.ts';
import { Simulation } from '../run/simulation.ts';
import { actOf } from './acts.ts';
import { FigureCount, type Figures } from './figures.ts';
import { checkRotations, makeChange, withoutChanged } from './make-change.ts';
import type { Change } from './parse-change.ts';

type Pages = AsyncIterable<readonly RecordedLeadEvent[]>;

export interface Period {
  readonly from: EpochMilliseconds;
  /** Included. */
  readonly to: EpochMilliseconds;
}

/** A lead that somebody else would have at the end of the period; null: nobody. */
export interface OtherOwner {
  readonly leadId: LeadId;
  readonly recorded: UserId | null;
  readonly whatIf: UserId | null;
}

/** A period as it was recorded, and as it would have been. */
export interface WhatIf {
  readonly title: string;
  readonly recorded: Figures;
  readonly whatIf: Figures;
  readonly others: readonly OtherOwner[];
  /** Leads of the period whose person was erased: rules and filters knew nothing of them. */
  readonly erased: number;
}

/**
 * Lets what came in and what people did in a period happen again under another configuration, on a virtual clock.
 * `read`: the events of one organization, in order: those of the period (and perhaps some around it), or all from the
 * first on; with personal data in clear. Memory: users, rotations, open leads, and the leads of the period.
 * @throws ScenarioFault for a change that is refused.
 */
export async function whatIf(read: (part: 'period' | 'all') => Pages, change: Change, period: Period): Promise<WhatIf> {
  const wanted = await wantedIn(read('period'), period);
  const run = new Run(change, period, wanted);
  reading: for await (const events of read('all')) {
    for (const event of events) {
      if (event.at > period.to) break reading;
      if (event.at < period.from) run.takeIn(event);
      else run.happen(event);
    }
  }
  return run.end();
}

interface Wanted {
  readonly leadIds: ReadonlySet<LeadId>;
  readonly contactIds: ReadonlySet<ContactId>;
}

/** The leads to which something happens in the period, and the contacts of those that come in. */
async function wantedIn(pages: Pages, { from, to }: Period): Promise<Wanted> {
  const leadIds = new Set<LeadId>();
  const contactIds = new Set<ContactId>();
  for await (const events of pages) {
    for (const { type, data, at } of events) {
      if (at < from || at > to || !('leadId' in data) || data.leadId === undefined) continue;
      leadIds.add(data.leadId);
      if (type === 'LeadCaptured') for (const contactId of data.contactIds) contactIds.add(contactId);
    }
  }
  return { leadIds, contactIds };
}

/** The simulation, with what happens in it counted. */
class Counted extends Simulation {
  readonly count = new FigureCount();

  override append(event: LeadRotatorEvent): void {
    super.append(event);
    this.count.take(event);
    this.world.events.length = 0;
  }
}

class Run {
  readonly #simulation: Counted;
  readonly #recorded = new FigureCount();
  readonly #ownersThere = new Map<LeadId, UserId | undefined>();
  #begun = false;
  #erased = 0;

  constructor(
    private readonly change: Change,
    private readonly period: Period,
    private readonly wanted: Wanted,
  ) {
    this.#simulation = new Counted(period.from);
  }

  /** Before the period everything was as it was recorded. */
  takeIn(event: LeadRotatorEvent): void {
    const { world } = this.#simulation;
    world.takeIn(event);
    if (event.type !== 'LeadWon' && event.type !== 'LeadLost') return;
    const lead = world.lead(event.data.leadId);
    const { leadIds, contactIds } = this.wanted;
    if (lead === undefined || leadIds.has(lead.facts.leadId)) return;
    if (!lead.contactIds.some((contactId) => contactIds.has(contactId))) world.forget(lead);
  }

  happen(event: RecordedLeadEvent): void {
    this.#begin();
    this.#recorded.take(event);
    const simulation = this.#simulation;
    simulation.advanceTo(Math.max(simulation.now, event.at));
    this.#doAgain(event);
    simulation.releaseWaiting();
    this.#follow(event);
  }

  end(): WhatIf {
    this.#begin();
    this.#simulation.advanceTo(this.period.to);
    checkRotations(this.#simulation.world, this.change);
    const { count } = this.#simulation;
    const others = [...this.#recorded.owners].flatMap(([leadId, recorded]): OtherOwner[] => {
      const other = count.owners.get(leadId) ?? null;
      return other === recorded ? [] : [{ leadId, recorded, whatIf: other }];
    });
    const { title } = this.change;
    return { title, recorded: this.#recorded.figures(), whatIf: count.figures(), others, erased: this.#erased };
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const simulation = this.#simulation;
    for (const lead of simulation.world.leads.values()) this.#ownersThere.set(lead.facts.leadId, lead.ownerId);
    simulation.resume();
    makeChange(simulation, this.change);
  }

  #doAgain(event: RecordedLeadEvent): void {
    const simulation = this.#simulation;
    if (event.type === 'LeadCaptured') {
      if ('erased' in event.data.person) this.#erased += 1;
      simulation.append(event);
      this.#decide(event.data.leadId, assignLead);
    } else if ('leadId' in event.data && event.data.leadId !== undefined) {
      const { leadId } = event.data;
      const act = event.type === 'MemberPaused' ? undefined : actOf(event, this.#ownersThere.get(leadId));
      if (act !== undefined) this.#decide(leadId, act);
    } else {
      this.#configure(event);
    }
  }

  #configure(event: LeadRotatorEvent): void {
    const { world } = this.#simulation;
    const left = withoutChanged(event, this.change, world.distribution);
    if (left === undefined) return;
    const owned = left.type === 'UserDeactivated' ? world.ownedBy(left.data.userId) : [];
    this.#simulation.append(left);
    if (left.type === 'RotationCreated') makeChange(this.#simulation, this.change, left.data.rotationId);
    const inOrder = [
      ...owned.filter(({ follows }) => follows === undefined),
      ...owned.filter(({ follows }) => follows),
    ];
    for (const { facts } of inOrder) this.#decide(facts.leadId, leaveDeactivatedOwner);
  }

  #decide(leadId: LeadId, decide: (scene: Scene, at: number) => Result): void {
    this.#simulation.run(one({ leadId, decide }));
  }

  /** Who has the lead as it was recorded. */
  #follow({ type, data }: LeadRotatorEvent): void {
    if (type === 'LeadTakenAway' || type === 'LeadOffered') this.#ownersThere.set(data.leadId, undefined);
    if (type === 'LeadAssigned' || type === 'LeadReassigned' || type === 'LeadHandedOver' || type === 'LeadPickedUp') {
      this.#ownersThere.set(data.leadId, data.ownerId);
    }
  }
}

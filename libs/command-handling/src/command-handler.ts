import { randomUUID } from 'node:crypto';
import { evolveLead } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import {
  type EpochMilliseconds,
  type Guard,
  isRejected,
  type NewEvent,
  type OrganizationId,
  type Position,
} from '@lead-rotator/event-sourcing';
import { configurationTag, type LeadRotatorEvent, rotationTag, toNewEvent } from '@lead-rotator/lead-events';
import { type Distribution, evolveDistribution, forkDistribution } from '@lead-rotator/rotation';
import type { Command, LoggedEvent, Outcome } from './command.ts';
import { type Draft, groupIntoUnits } from './group-into-units.ts';
import { loadLeads, tagsReadBy } from './load-leads.ts';
import type { Projection } from './projection.ts';
import type { World } from './world.ts';

/** After so many tries in a row that others were faster, it is given up: the caller may try again later. */
const mostAttempts = 100;

/** Others have changed what the command reads, faster than it could be decided. */
export class TooManyConflicts extends Error {
  override readonly name = 'TooManyConflicts';
  readonly canRetry = true;
}

interface Pending {
  readonly command: Command;
  readonly place: number;
}

/**
 * Load, decide, append under guard; when a guard does not hold, catch up and decide again. However many copies run and
 * however often a command is repeated, what it was decided from is what stood in the log when it was appended.
 */
export class CommandHandler {
  readonly #log: EventLog;
  readonly #projection: Projection<Distribution>;
  readonly #clock: () => EpochMilliseconds;
  #conflicts = 0;

  constructor(log: EventLog, projection: Projection<Distribution>, clock: () => EpochMilliseconds) {
    this.#log = log;
    this.#projection = projection;
    this.#clock = clock;
  }

  /** Commands that had to be decided again because others were faster, since the start. */
  get conflicts(): number {
    return this.#conflicts;
  }

  /** @throws TooManyConflicts, LogUnavailable, or the projection's fault: the command may have been done or not. */
  async handle(command: Command): Promise<Outcome> {
    const [outcome] = await this.handleAll([command]);
    return outcome as Outcome;
  }

  /**
   * Decides in the given order, each on what those before it came to, and appends all in one call to the log.
   * One outcome per command, in the same order.
   */
  async handleAll(commands: readonly Command[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = new Array(commands.length);
    let pending = commands.map((command, place): Pending => ({ command, place }));
    let atLeast: Position = 0;
    for (let attempt = 0; pending.length > 0; attempt += 1) {
      if (attempt === mostAttempts)
        throw new TooManyConflicts(`${pending.length} commands lost ${attempt} times in a row`);
      const position = await this.#projection.catchUp(atLeast);
      const refused: Pending[] = [];
      for (const [organizationId, own] of byOrganization(pending)) {
        const tried = await this.#try(organizationId, own, position, outcomes);
        refused.push(...tried.refused);
        atLeast = Math.max(atLeast, tried.movedTo);
      }
      this.#conflicts += refused.length;
      pending = refused;
    }
    return outcomes;
  }

  async #try(organizationId: OrganizationId, pending: readonly Pending[], readTo: Position, outcomes: Outcome[]) {
    const commands = pending.map(({ command }) => command);
    const leads = await loadLeads(this.#log, organizationId, commands, readTo);
    // From here to the append nothing waits: the fork stands on a projection that does not move.
    const world: World = {
      organizationId,
      position: this.#projection.position,
      at: Math.max(this.#clock(), this.#projection.newestAt),
      distribution: forkDistribution(this.#projection.stateOf(organizationId)),
      leads,
    };
    const decided: Pending[] = [];
    const drafts: Draft[] = [];
    const without: Pending[] = [];
    for (const one of pending) {
      const decision = one.command.decide(world);
      if (isRejected(decision) || decision.length === 0) {
        outcomes[one.place] = decision as Outcome;
        without.push(one);
        continue;
      }
      drafts.push(draftOf(decision, one.command, world, readTo));
      decided.push(one);
      if (pending.length === 1) continue;
      for (const event of decision) {
        evolveDistribution(world.distribution, event);
        if ('leadId' in event.data) leads.set(event.data.leadId, evolveLead(leads.get(event.data.leadId), event));
      }
    }
    const { refused, movedTo } = await this.#append(decided, drafts, outcomes);
    // A no, or nothing to do, may have come from a decision before it that was refused: that is decided again too.
    const first = refused[0]?.place ?? Infinity;
    const again = [...refused, ...without.filter(({ place }) => place > first)].sort((a, b) => a.place - b.place);
    return { refused: again, movedTo };
  }

  async #append(decided: readonly Pending[], drafts: readonly Draft[], outcomes: Outcome[]) {
    const refused: Pending[] = [];
    let movedTo: Position = 0;
    if (drafts.length === 0) return { refused, movedTo };
    const units = groupIntoUnits(drafts, randomUUID);
    const appended = await this.#log.appendAll(units.map(({ unit }) => unit));
    units.forEach((unit, number) => {
      const outcome = appended[number];
      if (outcome === undefined) throw new Error('the log has not answered for every unit');
      const members = unit.drafts.map((draft) => decided[draft] as Pending);
      if (outcome.status === 'refused') {
        refused.push(...members);
        movedTo = Math.max(movedTo, outcome.movedTo ?? 0);
        return;
      }
      let position = outcome.first;
      unit.drafts.forEach((draft, member) => {
        const events = drafts[draft]?.events ?? [];
        outcomes[(members[member] as Pending).place] = events.map(
          (event): LoggedEvent => ({ ...event, position: position++ }),
        );
      });
    });
    refused.sort((a, b) => a.place - b.place);
    return { refused, movedTo };
  }
}

/** Guards: the configuration, every rotation an event names, and the leads and contacts that were loaded. */
function draftOf(decision: readonly LeadRotatorEvent[], command: Command, world: World, leadsReadTo: Position): Draft {
  const events: NewEvent[] = decision.map((event) => toNewEvent(event, command.context));
  const rotations = new Set(
    decision.flatMap(({ data }) => ('rotationId' in data && data.rotationId ? [data.rotationId] : [])),
  );
  const read: Guard[] = [
    { tag: configurationTag, after: world.position },
    ...Array.from(rotations, (rotationId) => ({ tag: rotationTag(rotationId), after: world.position })),
    ...tagsReadBy(command).map((tag) => ({ tag, after: leadsReadTo })),
  ];
  return { events, read };
}

function byOrganization(pending: readonly Pending[]): Map<OrganizationId, Pending[]> {
  return Map.groupBy(pending, ({ command }) => command.context.organizationId);
}

import { randomUUID } from 'node:crypto';
import { deciderVersion, tagsToGuard } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import {
  type EpochMilliseconds,
  type EventContext,
  isRejected,
  type OrganizationId,
  type Position,
  Rejection,
} from '@lead-rotator/event-sourcing';
import { configurationTag, type LeadRotatorEvent, rotationTag, toNewEvent } from '@lead-rotator/lead-events';
import { type Distribution, evolveDistribution, forkDistribution } from '@lead-rotator/rotation';
import type { Command, LeadCommand, LoggedEvent, Outcome } from './command.ts';
import { type Draft, groupIntoUnits } from './group-into-units.ts';
import { LoadedLeads } from './loaded-leads.ts';
import type { Projection } from './projection.ts';
import { type TurnTaking, withoutTurns } from './turn-taking.ts';

/** After so many tries in a row that others were faster, it is given up: the caller may try again later. */
const mostAttempts = 100;

/** Others have changed what the commands read, faster than they could be decided. */
export class TooManyConflicts extends Error {
  override readonly name = 'TooManyConflicts';
  readonly canRetry = true;
}

interface Pending {
  readonly command: Command;
  readonly place: number;
}

/** What an attempt leaves to be done: the commands, in order, and the position that has to be taken in before. */
interface Remainder {
  readonly pending: Pending[];
  readonly movedTo: Position;
}

/** What `readAhead` has read, for each organization. */
export type ReadAhead = ReadonlyMap<OrganizationId, LoadedLeads>;

const isLeadCommand = (command: Command): command is LeadCommand => 'leadId' in command;

/**
 * Load, decide, append under guard; when a guard does not hold, catch up and decide again. However many copies run and
 * however often a command is repeated, what it was decided from is what stood in the log when it was appended.
 */
export class CommandHandler {
  readonly #log: EventLog;
  readonly #projection: Projection<Distribution>;
  readonly #clock: () => EpochMilliseconds;
  readonly #turns: TurnTaking;
  #conflicts = 0;

  /** `turns`: for copies that decide on the same rotations. */
  constructor(
    log: EventLog,
    projection: Projection<Distribution>,
    clock: () => EpochMilliseconds,
    turns: TurnTaking = withoutTurns,
  ) {
    this.#log = log;
    this.#projection = projection;
    this.#clock = clock;
    this.#turns = turns;
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
   * One outcome per command, in the same order. `ahead`: what `readAhead` has read for the same commands.
   */
  async handleAll(commands: readonly Command[], ahead?: ReadAhead): Promise<Outcome[]> {
    const outcomes: Outcome[] = new Array(commands.length);
    const all = commands.map((command, place): Pending => ({ command, place }));
    let left: Remainder = { pending: all, movedTo: 0 };
    for (let attempt = 0; left.pending.length > 0; attempt += 1) {
      if (attempt === mostAttempts) throw new TooManyConflicts(`${left.pending.length} commands lost ${attempt} times`);
      if (attempt > 0) {
        this.#conflicts += left.pending.length;
        this.#turns.conflict();
      }
      const { pending, movedTo } = left;
      // While the turn is waited for. After a conflict the leads are read anew, up to where the projection stands then.
      const early = attempt === 0 ? (ahead ?? this.#loadKnown(pending)) : undefined;
      if (early instanceof Promise) early.catch(() => {});
      left = await this.#turns.during(() => this.#attemptAll(pending, movedTo, early, outcomes));
    }
    return outcomes;
  }

  /**
   * Reads the leads of commands that will be handled next, while those before them are still being appended. What
   * happens to these leads in between refuses their guards, and they are read again.
   * @throws LogUnavailable
   */
  async readAhead(commands: readonly Command[]): Promise<ReadAhead> {
    const pending = commands.map((command, place): Pending => ({ command, place }));
    return this.#loadKnown(pending) ?? this.#loadAll(pending, await this.#log.head());
  }

  async #attemptAll(
    pending: readonly Pending[],
    atLeast: Position,
    loading: Promise<ReadAhead> | ReadAhead | undefined,
    outcomes: Outcome[],
  ): Promise<Remainder> {
    const [readTo, early] = await Promise.all([this.#projection.catchUp(atLeast), loading]);
    const again: Pending[] = [];
    let movedTo = atLeast;
    for (const [organizationId, own] of byOrganization(pending)) {
      const leads = early?.get(organizationId) ?? (await this.#load(organizationId, own, readTo));
      const left = await this.#attempt(organizationId, own, leads, outcomes);
      again.push(...left.pending);
      movedTo = Math.max(movedTo, left.movedTo);
    }
    return { pending: again, movedTo };
  }

  /** Where all commands bring the events they answer, reading need not wait until the projection has caught up. */
  #loadKnown(pending: readonly Pending[]): Promise<ReadAhead> | undefined {
    const newest = newestKnown(pending);
    return newest === undefined ? undefined : this.#loadAll(pending, newest);
  }

  async #loadAll(pending: readonly Pending[], readTo: Position): Promise<ReadAhead> {
    const load = async ([organizationId, own]: [OrganizationId, Pending[]]) =>
      [organizationId, await this.#load(organizationId, own, readTo)] as const;
    return new Map(await Promise.all([...byOrganization(pending)].map(load)));
  }

  #load(organizationId: OrganizationId, pending: readonly Pending[], readTo: Position): Promise<LoadedLeads> {
    const commands = pending.map(({ command }) => command).filter(isLeadCommand);
    return LoadedLeads.load(this.#log, organizationId, commands, readTo);
  }

  async #attempt(
    organizationId: OrganizationId,
    pending: readonly Pending[],
    leads: LoadedLeads,
    outcomes: Outcome[],
  ): Promise<Remainder> {
    // From here to the append nothing is waited for: the fork stands on a projection that does not move.
    const stand = this.#projection.position;
    const at = Math.max(this.#clock(), this.#projection.newestAt, leads.newestAt);
    const distribution = forkDistribution(this.#projection.stateOf(organizationId));
    const decided: Pending[] = [];
    const drafts: Draft[] = [];
    const without: Pending[] = [];
    for (const one of pending) {
      const { decision, read } = decide(one.command, distribution, leads, at, stand);
      if (isRejected(decision) || decision.length === 0) {
        outcomes[one.place] = decision as Outcome;
        without.push(one);
        continue;
      }
      decided.push(one);
      const { traceparent: own, ...context } = { ...contextOf(one.command, distribution), decider: deciderVersion };
      const events = decision.map((event) => {
        const traceparent = own ?? leads.traceOf(event);
        return toNewEvent(event, traceparent === undefined ? context : { ...context, traceparent });
      });
      drafts.push({ events, read });
      if (pending.length === 1) continue;
      for (const event of decision) {
        evolveDistribution(distribution, event);
        leads.evolve(event);
      }
    }
    const refused = await this.#append(decided, drafts, outcomes);
    // A no, or nothing to do, may rest on a decision before it that was refused: that is decided again too.
    const first = Math.min(...refused.pending.map(({ place }) => place));
    const again = [...refused.pending, ...without.filter(({ place }) => place > first)];
    return { pending: again.sort((a, b) => a.place - b.place), movedTo: refused.movedTo };
  }

  async #append(decided: readonly Pending[], drafts: readonly Draft[], outcomes: Outcome[]): Promise<Remainder> {
    const refused: Pending[] = [];
    let movedTo: Position = 0;
    if (drafts.length === 0) return { pending: refused, movedTo };
    const units = groupIntoUnits(drafts, () => onceOf(decided) ?? randomUUID());
    const appended = await this.#log.appendAll(units.map(({ unit }) => unit));
    units.forEach(({ drafts: members }, number) => {
      const outcome = appended[number];
      if (outcome === undefined) throw new Error('the log has not answered for every unit');
      if (outcome.status === 'refused') {
        refused.push(...members.map((member) => decided[member] as Pending));
        movedTo = Math.max(movedTo, outcome.movedTo ?? 0);
        return;
      }
      let position = outcome.first;
      for (const member of members) {
        const { place } = decided[member] as Pending;
        const { events } = drafts[member] as Draft;
        outcomes[place] = events.map((event): LoggedEvent => ({ ...event, position: position++ }));
      }
    });
    return { pending: refused, movedTo };
  }
}

/** What one command comes to, and what that was read from: leads up to where they were loaded, the rest up to `stand`. */
function decide(
  command: Command,
  distribution: Distribution,
  leads: LoadedLeads,
  at: EpochMilliseconds,
  stand: Position,
): { decision: ReturnType<Command['decide']>; read: Draft['read'] } {
  if (!isLeadCommand(command)) {
    const decision = command.decide(distribution, at);
    const tags = isRejected(decision) ? [] : [configurationTag, ...rotationsNamed(decision).map(rotationTag)];
    return { decision, read: tags.map((tag) => ({ tag, after: stand })) };
  }
  const lead = leads.get(command.leadId);
  if (lead === undefined) return { decision: new Rejection('unknown-lead', { leadId: command.leadId }), read: [] };
  const scene = { distribution, lead, related: leads.relatedTo(lead) };
  const decision = command.decide(scene, at);
  if (isRejected(decision)) return { decision, read: [] };
  const read = tagsToGuard(scene, decision).map((tag) => ({
    tag,
    after: /^(lead|contact):/.test(tag) ? leads.readTo : stand,
  }));
  return { decision, read };
}

const onceOf = ([{ command } = {}, another]: readonly Partial<Pending>[]): string | undefined =>
  command === undefined || another !== undefined || isLeadCommand(command) ? undefined : command.once;

const rotationsNamed = (events: readonly LeadRotatorEvent[]) => [
  ...new Set(
    events.flatMap(({ data }) => ('rotationId' in data && data.rotationId !== undefined ? [data.rotationId] : [])),
  ),
];

/** Up to where the log stands at least, by the events that the commands bring; undefined if one of them brings none. */
function newestKnown(pending: readonly Pending[]): Position | undefined {
  let newest: Position = 0;
  for (const { command } of pending) {
    if (!isLeadCommand(command) || command.known?.[0] === undefined) return undefined;
    for (const { position } of command.known) newest = Math.max(newest, position);
  }
  return newest;
}

function byOrganization(pending: readonly Pending[]): Map<OrganizationId, Pending[]> {
  return Map.groupBy(pending, ({ command }) => command.context.organizationId);
}

/** With the user for whom a service asks, if it names one; a source that tells of a user stays the actor. */
function contextOf(command: Command, distribution: Distribution): EventContext {
  const { context } = command;
  if (!isLeadCommand(command) || command.by === undefined || !context.actor.startsWith('service:')) return context;
  const user = distribution.findUser(command.by);
  return user === undefined ? context : { ...context, actor: `user:${user.id}` };
}

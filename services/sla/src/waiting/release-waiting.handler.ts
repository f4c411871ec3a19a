import { releaseLead } from '@lead-rotator/claim';
import {
  type CommandHandler,
  handleInHalves,
  type LeadCommand,
  type Outcome,
  type Projection,
} from '@lead-rotator/command-handling';
import type { InvalidUnit } from '@lead-rotator/event-log';
import { type EpochMilliseconds, isRejected, type OrganizationId, type Position } from '@lead-rotator/event-sourcing';
import type { LeadId, RotationId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import type { Logger } from '@lead-rotator/service-host';
import type { SlaMetrics } from '../sla-metrics.ts';
import type { WaitingRotation, WaitingTable } from './waiting-table.ts';
import { areTheSame, type FreeMembers, whoIsFree } from './who-is-free.ts';

const pageSize = 200;
/** After so many pages it is looked at the deadlines again. */
const mostPages = 10;

/** A pass over the leads that wait in a rotation. */
interface Pass {
  /** Who was free when it began, and the newest change of a lead that waited then. */
  readonly free: FreeMembers;
  /** Everything that began to wait up to here was tried. */
  readonly to: Position;
  /** False: it goes on with the next call, whoever is free by then. */
  readonly ended: boolean;
}

export interface ReleaseWaitingParts {
  readonly table: Pick<WaitingTable, 'rotations' | 'leads'>;
  readonly commands: CommandHandler;
  readonly distribution: Projection<Distribution>;
  readonly metrics: SlaMetrics;
  readonly logger: Logger;
  readonly clock: () => EpochMilliseconds;
}

/**
 * Gives waiting leads out as soon as somebody is free for them, in the order in which they began to wait, over all
 * rotations. Asked often, and cheap: a rotation in which nobody is free is passed over, and what has suited none of
 * those who are free is tried again only when others are, or the same under other settings, or when a lead has changed.
 */
export class ReleaseWaiting {
  readonly #passes = new Map<string, Pass>();

  constructor(private readonly parts: ReleaseWaitingParts) {}

  /** @throws LogUnavailable, TooManyConflicts, or the projection's fault: it is tried again with the next call. */
  async release(): Promise<void> {
    const waiting = await this.parts.table.rotations();
    if (waiting.length === 0) return;
    await this.parts.distribution.catchUp();
    const byOrganization = Map.groupBy(waiting, ({ organizationId }) => organizationId);
    for (const [organizationId, rotations] of byOrganization) await this.#releaseOf(organizationId, rotations);
  }

  async #releaseOf(organizationId: OrganizationId, rotations: readonly WaitingRotation[]): Promise<void> {
    const trials = rotations.map((rotation) => this.#trialOf(rotation)).filter((trial) => trial !== undefined);
    if (trials.length === 0) return;
    let after = Math.min(...trials.map(({ from }) => from));
    for (let page = 0; page < mostPages; page += 1) {
      const open = trials.filter(({ rotationId }) => this.#free(organizationId, rotationId).length > 0);
      if (open.length === 0) return;
      const ids = open.map(({ rotationId }) => rotationId);
      const leads = await this.parts.table.leads(organizationId, ids, after, pageSize);
      if (leads.length > 0) await this.#try(organizationId, leads);
      after = leads.at(-1)?.since ?? after;
      const ended = leads.length < pageSize;
      for (const { key, rotationId, free, newest, changed } of open) {
        // Who was free at the beginning and is not at the end was not tried for all: then everything is, once more.
        const isSure = !ended || areTheSame(free, this.#free(organizationId, rotationId, changed));
        this.#passes.set(key, { free: isSure ? free : [], to: ended ? Math.max(after, newest) : after, ended });
      }
      if (ended) return;
    }
  }

  /** What is to be tried in a rotation: the rest of a pass, everything if others are free than before, or what came since. */
  #trialOf({ organizationId, rotationId, newest, changed }: WaitingRotation) {
    const key = `${organizationId} ${rotationId}`;
    const now = this.#free(organizationId, rotationId, changed);
    if (now.length === 0) return undefined;
    const pass = this.#passes.get(key);
    const goesOn = pass !== undefined && !pass.ended && pass.to < newest;
    const from = pass !== undefined && (goesOn || areTheSame(pass.free, now)) ? pass.to : 0;
    return from >= newest ? undefined : { key, rotationId, free: goesOn ? pass.free : now, from, newest, changed };
  }

  #free(organizationId: OrganizationId, rotationId: RotationId, changed = 0): FreeMembers {
    const { distribution, clock } = this.parts;
    const at = Math.max(clock(), distribution.newestAt);
    const free = whoIsFree(distribution.stateOf(organizationId), rotationId, at);
    return free.length === 0 ? free : [changed, ...free];
  }

  async #try(organizationId: OrganizationId, leads: readonly { leadId: LeadId; since: Position }[]): Promise<void> {
    const { commands, metrics } = this.parts;
    const failed = ({ leadId }: LeadCommand, error: InvalidUnit): Outcome => this.#fail(leadId, error);
    const given = leads.map((lead) => this.#command(organizationId, lead));
    const outcomes = await handleInHalves(commands, given, failed);
    metrics.released(outcomes.filter((outcome) => !isRejected(outcome) && outcome.length > 0).length);
  }

  #command(organizationId: OrganizationId, { leadId, since }: { leadId: LeadId; since: Position }): LeadCommand {
    return {
      context: { organizationId, actor: 'service:sla', cause: `event:${since}` },
      leadId,
      decide: (scene, at) => {
        try {
          return releaseLead(scene, at);
        } catch (error) {
          return this.#fail(leadId, error);
        }
      },
    };
  }

  /** It goes on waiting: those around it must not wait for it. */
  #fail(leadId: LeadId, error: unknown): [] {
    this.parts.metrics.failed();
    this.parts.logger.error({ leadId, err: error }, 'a waiting lead could not be decided');
    return [];
  }
}

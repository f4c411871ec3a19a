import { releaseLead } from '@lead-rotator/claim';
import type { CommandHandler, LeadCommand, Projection } from '@lead-rotator/command-handling';
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

/** What was tried in a rotation, and with whom. */
interface Tried {
  readonly free: FreeMembers;
  readonly to: Position;
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
 * those who are free is tried again only when others are, or the same under other settings.
 */
export class ReleaseWaiting {
  readonly #tried = new Map<string, Tried>();

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
      const isEnd = leads.length < pageSize;
      for (const { key, free, newest } of open)
        this.#tried.set(key, { free, to: isEnd ? Math.max(after, newest) : after });
      if (isEnd) return;
    }
  }

  /** What is to be tried in a rotation: everything if others are free than before, else what came since. */
  #trialOf({ organizationId, rotationId, newest }: WaitingRotation) {
    const key = `${organizationId} ${rotationId}`;
    const free = this.#free(organizationId, rotationId);
    if (free.length === 0) return undefined;
    const tried = this.#tried.get(key);
    const from = tried !== undefined && areTheSame(tried.free, free) ? tried.to : 0;
    return from >= newest ? undefined : { key, rotationId, free, from, newest };
  }

  #free(organizationId: OrganizationId, rotationId: RotationId): FreeMembers {
    const { distribution, clock } = this.parts;
    const at = Math.max(clock(), distribution.newestAt);
    return whoIsFree(distribution.stateOf(organizationId), rotationId, at);
  }

  async #try(organizationId: OrganizationId, leads: readonly { leadId: LeadId; since: Position }[]): Promise<void> {
    const { commands, metrics } = this.parts;
    const conflicts = commands.conflicts;
    const outcomes = await commands.handleAll(leads.map((lead) => this.#command(organizationId, lead)));
    metrics.conflicts(commands.conflicts - conflicts);
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
          this.parts.metrics.failed();
          this.parts.logger.error({ leadId, err: error }, 'a waiting lead could not be decided');
          return [];
        }
      },
    };
  }
}

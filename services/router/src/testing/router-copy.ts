import {
  CommandHandler,
  type ConfigurationCommand,
  distributionProjection,
  type Projection,
} from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, isRejected } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import { addMember, createRotation, type Distribution, registerUser } from '@lead-rotator/rotation';
import { createLogger } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { RecentDecisions } from '../backstop/recent-decisions.ts';
import { DecideLeads } from '../decisions/decide-leads.handler.ts';
import { MeasuredLog } from '../decisions/measured-log.ts';
import { RouterMetrics } from '../router-metrics.ts';

/** The rotation of the specs. */
export const web = 'web' as RotationId;
/** When they begin: a Monday. */
export const start = Date.parse('2026-01-05T09:00:00Z');

/** One copy of the router's decisions, without its ways in. */
export class RouterCopy {
  readonly metrics = new RouterMetrics(new Registry());
  readonly recent: RecentDecisions;
  readonly projection: Projection<Distribution>;
  readonly handler: CommandHandler;
  readonly decideLeads: DecideLeads;

  constructor(
    readonly log: EventLog,
    readonly clock: () => number = () => start,
  ) {
    this.recent = new RecentDecisions(clock);
    const measured = new MeasuredLog(log, this.metrics, (events) => this.recent.note(events));
    this.projection = distributionProjection(measured);
    this.handler = new CommandHandler(measured, this.projection, clock);
    this.decideLeads = new DecideLeads(this.handler, this.metrics, createLogger('silent', 'spec'));
  }

  async configure(decide: ConfigurationCommand['decide']): Promise<void> {
    const context = { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:spec' } as const;
    const outcome = await this.handler.handle({ context, decide });
    if (isRejected(outcome)) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.facts)}`);
  }

  /** Registers the members and enrols them, in this order, in the rotation `web`. */
  async setUpTeam(...members: string[]): Promise<void> {
    for (const member of members) {
      const user = { userId: member as UserId, email: `${member}@example.com` };
      await this.configure((distribution, at) => registerUser(distribution, user, at));
    }
    await this.configure((distribution, at) => createRotation(distribution, { rotationId: web, name: 'Web' }, at));
    for (const user of members) {
      await this.configure((distribution, at) => addMember(distribution, { rotationId: web, user }, at));
    }
  }
}

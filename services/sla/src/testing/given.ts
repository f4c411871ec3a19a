import { assignLead, changeLeadStatus } from '@lead-rotator/claim';
import {
  CommandHandler,
  type ConfigurationCommand,
  distributionProjection,
  type LeadCommand,
} from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext } from '@lead-rotator/event-sourcing';
import {
  type ClaimPolicy,
  type ContactId,
  type LeadId,
  type RotationId,
  type RotationSettings,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';
import { addMember, createRotation, registerUser } from '@lead-rotator/rotation';

export const context: EventContext = {
  organizationId: defaultOrganization,
  actor: 'service:spec',
  cause: 'request:1',
};
export const web = 'web' as RotationId;
export const minute = 60_000;
/** Monday, 2026-01-05, 09:00 UTC. */
export const nine = Date.UTC(2026, 0, 5, 9);

/** A clock that is set by hand. */
export class HandClock {
  constructor(public time: number = nine) {}

  readonly now = (): number => this.time;
}

/** What is there before: users, one rotation `web` of all of them, and leads given out by it. */
export class Given {
  readonly commands: CommandHandler;
  #contacts = 0;

  constructor(
    readonly log: EventLog,
    readonly clock: HandClock,
  ) {
    this.commands = new CommandHandler(log, distributionProjection(log), clock.now);
  }

  async rotation(members: readonly string[], claim: ClaimPolicy, settings: RotationSettings = {}): Promise<void> {
    for (const id of members) {
      const user = { userId: id as UserId, email: `${id}@acme.example` };
      await this.change((distribution, at) => registerUser(distribution, user, at));
    }
    const rotation = { rotationId: web, name: 'Web', settings: { ...settings, claim } };
    await this.change((distribution, at) => createRotation(distribution, rotation, at));
    for (const user of members) {
      await this.change((distribution, at) => addMember(distribution, { rotationId: web, user }, at));
    }
  }

  async change(decide: ConfigurationCommand['decide']): Promise<void> {
    const command: ConfigurationCommand = { context, decide };
    await this.commands.handle(command);
  }

  /** Captured and assigned, each lead of a contact of its own. */
  async leads(...ids: readonly string[]): Promise<void> {
    const at = new Date(this.clock.now()).toISOString();
    const units = ids.map((id) => {
      const data = {
        leadId: id as LeadId,
        source: 'form',
        sourceLeadId: id,
        contactIds: [this.#newContact()],
        status: 'new',
        receivedAt: at,
        person: {},
        at,
      };
      return { id: `capture ${id}`, events: [toNewEvent({ type: 'LeadCaptured', data }, context)], guards: [] };
    });
    await this.log.appendAll(units);
    await this.commands.handleAll(ids.map((id) => ({ context, leadId: id as LeadId, decide: assignLead })));
  }

  async status(id: string, status: string): Promise<void> {
    const decide: LeadCommand['decide'] = (scene, at) => changeLeadStatus(scene, status, at);
    await this.commands.handleAll([{ context, leadId: id as LeadId, decide }]);
  }

  #newContact(): ContactId {
    this.#contacts += 1;
    return `00000000-0000-4000-8000-${String(this.#contacts).padStart(12, '0')}` as ContactId;
  }
}

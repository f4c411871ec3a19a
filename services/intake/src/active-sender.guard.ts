import type { EventLog } from '@lead-rotator/event-log';
import { Rejection } from '@lead-rotator/event-sourcing';
import { configurationTag, type EventOfType } from '@lead-rotator/lead-events';
import { type CalledRequest, EVENT_LOG, Refused } from '@lead-rotator/service-host';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';

type Switched = EventOfType<'UserDeactivated' | 'UserActivated'>;

/**
 * Whoever was deactivated sends no leads in any more, though their key is still there. The log is asked for keys of users
 * only: intake keeps no configuration, and what systems send comes with the key of a source or of an admin.
 */
@Injectable()
export class ActiveSenderGuard implements CanActivate {
  constructor(@Inject(EVENT_LOG) private readonly log: EventLog) {}

  /** @throws Refused: `not-allowed` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<CalledRequest>();
    if (caller?.kind !== 'user') return true;
    const { organizationId, subject } = caller;
    const types = ['UserDeactivated', 'UserActivated'];
    const events = await this.log.readByTags({ organizationId, tags: [configurationTag], types });
    const last = events.findLast(({ data }) => (data as Switched['data']).userId === subject);
    if (last?.type !== 'UserDeactivated') return true;
    throw new Refused(new Rejection('not-allowed', { actor: `user:${subject}`, needs: 'an active user' }));
  }
}

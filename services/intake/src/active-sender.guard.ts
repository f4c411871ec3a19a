import { OrganizationDirectory } from '@lead-rotator/command-handling';
import { Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { type CalledRequest, Refused } from '@lead-rotator/service-host';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';

/**
 * Whoever was deactivated sends no leads in any more, though their key is still there. Asked for keys of users only: what
 * systems send comes with the key of a source or of an admin.
 */
@Injectable()
export class ActiveSenderGuard implements CanActivate {
  constructor(private readonly organizations: OrganizationDirectory) {}

  /** @throws Refused: `not-allowed` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<CalledRequest>();
    if (caller?.kind !== 'user') return true;
    const { organizationId, subject } = caller;
    const { users } = await this.organizations.find(organizationId);
    if (users.get(subject as UserId)?.active !== false) return true;
    throw new Refused(new Rejection('not-allowed', { actor: `user:${subject}`, needs: 'an active user' }));
  }
}

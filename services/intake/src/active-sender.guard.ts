import { OrganizationDirectory } from '@lead-rotator/command-handling';
import { requireActiveUser } from '@lead-rotator/service-host';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';

/** Whoever was deactivated sends no leads in any more. */
@Injectable()
export class ActiveSenderGuard implements CanActivate {
  constructor(private readonly organizations: OrganizationDirectory) {}

  /** @throws Refused: `not-allowed` */
  canActivate(context: ExecutionContext): Promise<boolean> {
    return requireActiveUser(context, async (organizationId, userId) => {
      const { users } = await this.organizations.find(organizationId);
      return users.get(userId)?.active !== false;
    });
  }
}

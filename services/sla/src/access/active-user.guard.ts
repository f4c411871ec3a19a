import type { Projection } from '@lead-rotator/command-handling';
import type { Distribution } from '@lead-rotator/rotation';
import { requireActiveUser } from '@lead-rotator/service-host';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { PROJECTION } from './projection.ts';

/** Whoever was deactivated works no leads any more. */
@Injectable()
export class ActiveUserGuard implements CanActivate {
  constructor(@Inject(PROJECTION) private readonly projection: Projection<Distribution>) {}

  /** @throws Refused: `not-allowed` */
  canActivate(context: ExecutionContext): Promise<boolean> {
    return requireActiveUser(context, async (organizationId, userId) => {
      await this.projection.catchUp();
      return this.projection.stateOf(organizationId).isActive(userId);
    });
  }
}

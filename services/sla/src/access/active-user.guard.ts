import type { Projection } from '@lead-rotator/command-handling';
import { Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import { type CalledRequest, Refused } from '@lead-rotator/service-host';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { PROJECTION } from './projection.ts';

/** Whoever was deactivated works no leads any more, though their key is still there. */
@Injectable()
export class ActiveUserGuard implements CanActivate {
  constructor(@Inject(PROJECTION) private readonly projection: Projection<Distribution>) {}

  /** @throws Refused: `not-allowed` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { caller } = context.switchToHttp().getRequest<CalledRequest>();
    if (caller?.kind !== 'user') return true;
    await this.projection.catchUp();
    const { organizationId, subject } = caller;
    if (this.projection.stateOf(organizationId).isActive(subject as UserId)) return true;
    throw new Refused(new Rejection('not-allowed', { actor: `user:${subject}`, needs: 'an active user' }));
  }
}

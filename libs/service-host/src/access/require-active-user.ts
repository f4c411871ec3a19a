import { type OrganizationId, Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import type { ExecutionContext } from '@nestjs/common';
import { Refused } from '../refused.ts';
import type { CalledRequest } from './access.guard.ts';

/**
 * For guards: whoever was deactivated does nothing more, though their key is still there. Keys of the API and of systems
 * that send leads are no user's, and `isActive` is not asked.
 * @throws Refused: `not-allowed`
 */
export async function requireActiveUser(
  context: ExecutionContext,
  isActive: (organizationId: OrganizationId, userId: UserId) => Promise<boolean>,
): Promise<true> {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller?.kind !== 'user') return true;
  const { organizationId, subject } = caller;
  if (await isActive(organizationId, subject as UserId)) return true;
  throw new Refused(new Rejection('not-allowed', { actor: `user:${subject}`, needs: 'an active user' }));
}

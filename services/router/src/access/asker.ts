import type { Actor } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { type Distribution, isManager, type User } from '@lead-rotator/rotation';
import { userOf } from '../user-of.ts';

/** Who asks, as the configuration knows them now. Somebody unknown or inactive is nobody, and may do nothing. */
export class Asker {
  /** The API itself: an admin key that speaks for no user. */
  readonly isApi: boolean;
  readonly user: User | undefined;

  constructor(
    private readonly distribution: Distribution,
    actor: Actor,
  ) {
    const userId = userOf(actor);
    const user = userId === undefined ? undefined : distribution.users.get(userId);
    this.isApi = actor === 'service:api';
    this.user = user?.active ? user : undefined;
  }

  get isNobody(): boolean {
    return !this.isApi && this.user === undefined;
  }

  get isAdmin(): boolean {
    return this.isApi || this.user?.roles.includes('admin') === true;
  }

  /** Managers and admins. */
  get manages(): boolean {
    return this.isApi || (this.user !== undefined && isManager(this.user));
  }

  /** Owners manage their rotations. */
  managesRotation(rotationId: RotationId): boolean {
    if (this.manages) return true;
    const ownerId = this.distribution.rotations.get(rotationId)?.settings.ownerId;
    return ownerId !== undefined && ownerId === this.user?.id;
  }
}

import type { Actor } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';

/** The user who asks, if it is one. */
export function userOf(actor: Actor): UserId | undefined {
  return actor.startsWith('user:') ? (actor.slice('user:'.length) as UserId) : undefined;
}

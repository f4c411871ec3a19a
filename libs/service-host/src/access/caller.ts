import type { Actor, OrganizationId } from '@lead-rotator/event-sourcing';

/** Whose word a key is: the API's own, a user's, or that of a system that sends leads. */
export type KeyOwner =
  | { readonly kind: 'admin' }
  | { readonly kind: 'user'; readonly subject: string }
  | { readonly kind: 'source'; readonly subject: string };

/** Who calls the API, by their key. */
export type Caller = KeyOwner & { readonly keyId: string; readonly organizationId: OrganizationId };

/** The actor of what comes of a call; an admin key may speak for a user. */
export function actorOf(caller: Caller, speaksFor: string | undefined): Actor {
  if (caller.kind !== 'admin') return `${caller.kind}:${caller.subject}`;
  return speaksFor === undefined ? 'service:api' : `user:${speaksFor}`;
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ActivityId, UserId } from '@lead-rotator/lead-events';
import { limitOf } from '@lead-rotator/rotation';
import type { LeadState, Offer } from './lead-state.ts';
import { turnOfFirst } from './offer-lead.ts';
import { giveByTurn } from './ownership.ts';
import { type Events, iso, type Scene } from './scene.ts';

/** Why a user cannot take an offered lead; undefined: they can. */
export function refusalOfOffer(
  { distribution }: Scene,
  offer: Offer,
  userId: UserId,
  at: EpochMilliseconds,
): 'not-allowed' | undefined {
  const rotation = distribution.rotations.get(offer.rotationId);
  const member = rotation?.member(userId);
  if (rotation === undefined || member === undefined || !member.person.user.active) return 'not-allowed';
  if (!offer.userIds.includes(userId) || at >= offer.until) return 'not-allowed';
  return limitOf(distribution, rotation, member, at) === undefined ? undefined : 'not-allowed';
}

/** The first to claim an offered lead owns it: that is their turn, and a claim. */
export function claimOffer(
  scene: Scene,
  offer: Offer,
  userId: UserId,
  at: EpochMilliseconds,
  activityId?: ActivityId,
): Events {
  const rotation = scene.distribution.rotations.get(offer.rotationId);
  if (rotation === undefined) return [];
  const { lead } = scene;
  const given = giveByTurn(scene, rotation, userId, turnOfFirst(rotation), { step: 'picked-up' }, at);
  return [
    ...given.map((event) => withoutDue(event, lead)),
    {
      type: 'LeadClaimed',
      data: {
        leadId: lead.facts.leadId,
        contactIds: [...lead.contactIds],
        ownerId: userId,
        rotationId: rotation.id,
        ...(activityId === undefined ? {} : { activityId }),
        at: iso(at),
      },
    },
  ];
}

/** It is claimed in the same instant: there is no deadline. */
function withoutDue(event: Events[number], lead: LeadState): Events[number] {
  if (event.type !== 'LeadAssigned' && event.type !== 'LeadReassigned') return event;
  if (event.data.leadId !== lead.facts.leadId) return event;
  const { due: _, ...data } = event.data;
  return { type: event.type, data } as Events[number];
}

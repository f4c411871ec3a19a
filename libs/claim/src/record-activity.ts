import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import {
  type ActivityId,
  claimingKinds,
  type EventOfType,
  type LeadRotatorEvent,
  type UserId,
} from '@lead-rotator/lead-events';
import { claimGroup } from './claim-group.ts';
import type { LeadState } from './lead-state.ts';
import { type Events, iso, type Scene } from './scene.ts';
import { claimOffer, refusalOfOffer } from './take-offer.ts';

/** Something that somebody has done about a lead. */
export interface Activity {
  readonly activityId: ActivityId;
  readonly userId: UserId;
  readonly kind: string;
  readonly automated: boolean;
  readonly occurredAt: EpochMilliseconds;
}

type Outcome = EventOfType<'LeadActivityRecorded'>['data']['outcome'];

/**
 * Records an act, once; if it shows that the present owner works the lead, the lead and those that follow it are
 * claimed. The event's `outcome` says what the act was worth: with `too-late`, the answer names the present owner.
 */
export function recordActivity(scene: Scene, activity: Activity, at: EpochMilliseconds): Events {
  const { lead } = scene;
  if (lead.activityIds.has(activity.activityId)) return [];
  const outcome = outcomeOf(scene, activity, at);
  const recorded: LeadRotatorEvent = {
    type: 'LeadActivityRecorded',
    data: {
      activityId: activity.activityId,
      leadId: lead.facts.leadId,
      userId: activity.userId,
      kind: activity.kind,
      automated: activity.automated,
      occurredAt: iso(activity.occurredAt),
      outcome,
      at: iso(at),
    },
  };
  if (outcome !== 'claims') return [recorded];
  if (lead.offer !== undefined)
    return [recorded, ...claimOffer(scene, lead.offer, activity.userId, at, activity.activityId)];
  return [recorded, ...claimGroup(scene, at, activity.activityId)];
}

function outcomeOf(scene: Scene, activity: Activity, at: EpochMilliseconds): Outcome {
  const { lead } = scene;
  const { userId, kind, automated, occurredAt } = activity;
  if (lead.closed !== undefined) return 'closed';
  if (automated) return 'automated';
  if (!claims(scene, kind)) return 'no-claim-kind';
  if (lead.offer !== undefined) return refusalOfOffer(scene, lead.offer, userId, at) ?? 'claims';
  if (lead.ownerId === userId) return outcomeForOwner(lead, occurredAt);
  if (lead.missed.includes(userId)) return 'too-late';
  if (lead.ownerId !== undefined && lead.claimed && lead.offeredTo.includes(userId)) return 'taken';
  return lead.ownerId === undefined ? 'unowned' : 'not-owner';
}

function outcomeForOwner(lead: LeadState, occurredAt: EpochMilliseconds): Outcome {
  if (occurredAt < lead.ownedSince) return 'before-ownership';
  if (lead.claimed) return 'already-claimed';
  return lead.due !== undefined && occurredAt >= lead.due ? 'too-late' : 'claims';
}

/** Whether acts of a kind claim, by the policy in force at the turn; outside a turn, by the usual list. */
function claims({ distribution, lead }: Scene, kind: string): boolean {
  const rotation = distribution.rotations.get(lead.turnRotationId ?? lead.offer?.rotationId ?? ('' as never));
  const policy = lead.turnRotationId === undefined ? rotation?.claim : rotation?.claimOfTurn(lead.turnNumber);
  return kind !== 'view' && (policy?.counts ?? (claimingKinds as readonly string[])).includes(kind);
}

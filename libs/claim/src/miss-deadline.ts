import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, LeadRotatorEvent, Reason } from '@lead-rotator/lead-events';
import { evolveDistribution, forkDistribution, type Rotation } from '@lead-rotator/rotation';
import { evolveLead } from './lead-state.ts';
import { leaveToNobody } from './ownership.ts';
import { reassignAfterMiss } from './reassign.ts';
import { refundOf } from './refund.ts';
import { type Events, iso, type Scene } from './scene.ts';

/**
 * What follows when a deadline has passed without a claim. No events if the lead is not due at `at`: it was claimed,
 * given on or closed meanwhile, so firing twice, or late, changes nothing.
 */
export function missDeadline(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  if (lead.due === undefined || at < lead.due || lead.ownerId === undefined) return [];
  const rotation = distribution.rotations.get(lead.turnRotationId ?? ('' as never));
  const policy = rotation?.claimOfTurn(lead.turnNumber);
  if (rotation === undefined || policy === undefined) return [];
  const { onMiss = 'reassign' } = policy;
  const reason: Reason = !rotation.on
    ? 'rotation-off'
    : typeof onMiss === 'object'
      ? 'queue'
      : onMiss === 'notify'
        ? 'notify-only'
        : onMiss === 'unassign'
          ? 'unassigned'
          : 'turn';
  const missed: LeadRotatorEvent = {
    type: 'ClaimMissed',
    data: {
      leadId: lead.facts.leadId,
      ownerId: lead.ownerId,
      rotationId: rotation.id,
      due: iso(lead.due),
      notice: 'missed',
      why: { step: 'missed', reason },
      at: iso(at),
    },
  };
  const first = [missed, ...pauseAfterMisses(scene, rotation, policy, at)];
  if (!rotation.on || onMiss === 'notify') return first;
  const after = first.length === 1 ? { ...scene, lead: withoutDue(scene, missed) } : afterwards(scene, first);
  const next = resolve(after, rotation, policy, at);
  return [...first, ...next, ...refundOf(scene, rotation, next, at)];
}

function resolve(scene: Scene, rotation: Rotation, policy: ClaimPolicy, at: EpochMilliseconds): Events {
  const { onMiss = 'reassign' } = policy;
  const present = scene.distribution.rotations.get(rotation.id) ?? rotation;
  if (onMiss === 'reassign') return reassignAfterMiss(scene, present, policy, at);
  const queue =
    typeof onMiss === 'object'
      ? { rotationId: onMiss.queue, why: { step: 'missed', reason: 'queue' } as const }
      : { rotationId: rotation.id, why: { step: 'missed', reason: 'unassigned' } as const };
  return leaveToNobody(scene, { ...queue, waits: 'for-pick-up' }, at);
}

/** A copy of the lead as it is after the miss: the original changes when the event is in the log. */
const withoutDue = ({ lead }: Scene, missed: LeadRotatorEvent) =>
  evolveLead({ ...lead, missed: [...lead.missed] }, missed) ?? lead;

/** The scene after the first events: the member who is paused now must not be chosen. */
function afterwards(scene: Scene, events: Events): Scene {
  const distribution = forkDistribution(scene.distribution);
  for (const event of events) evolveDistribution(distribution, event);
  return { ...scene, distribution, lead: withoutDue(scene, events[0] as LeadRotatorEvent) };
}

/** Pauses a member after so many misses in a row; never the last one who is not paused. */
function pauseAfterMisses(scene: Scene, rotation: Rotation, policy: ClaimPolicy, at: EpochMilliseconds): Events {
  const { pauseAfterMisses: limit = 0 } = policy;
  const userId = scene.lead.ownerId;
  const member = userId === undefined ? undefined : rotation.member(userId);
  if (limit === 0 || member === undefined || member.paused || member.misses + 1 < limit) return [];
  if (!rotation.list.some((other) => other !== member && !other.paused)) return [];
  return [
    {
      type: 'MemberPaused',
      data: {
        rotationId: rotation.id,
        userId: member.userId,
        cause: 'misses',
        leadId: scene.lead.facts.leadId,
        notice: 'member-paused',
        at: iso(at),
      },
    },
  ];
}

/** The owner is warned once, so long before the deadline as the policy says. */
export function warnOfDeadline({ distribution, lead }: Scene, at: EpochMilliseconds): Events {
  const near = warningAt({ distribution, lead });
  if (near === undefined || at < near || lead.due === undefined || at >= lead.due) return [];
  if (lead.ownerId === undefined || lead.turnRotationId === undefined) return [];
  return [
    {
      type: 'ClaimDeadlineNeared',
      data: {
        leadId: lead.facts.leadId,
        ownerId: lead.ownerId,
        rotationId: lead.turnRotationId,
        due: iso(lead.due),
        notice: 'deadline-near',
        at: iso(at),
      },
    },
  ];
}

/** When the owner is to be warned; undefined: not any more, or never. Not before they got the lead. */
export function warningAt({ distribution, lead }: Pick<Scene, 'distribution' | 'lead'>): EpochMilliseconds | undefined {
  if (lead.due === undefined || lead.warned || lead.turnRotationId === undefined) return undefined;
  const policy = distribution.rotations.get(lead.turnRotationId)?.claimOfTurn(lead.turnNumber);
  const before = policy?.warnBefore ?? 0;
  return before === 0 ? undefined : Math.max(lead.ownedSince, lead.due - before);
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Fallback, Strategy, Turn } from '@lead-rotator/lead-events';
import { eligibleNow, type Rotation, takeTurn } from '@lead-rotator/rotation';
import { giveByTurn, giveOutsideTurn, leaveToNobody, type Passed, type Way } from './ownership.ts';
import { type Events, iso, type Scene } from './scene.ts';
import { enqueue, giveToStandIn, turnLead } from './stand-in.ts';

type FirstToClaim = Extract<Strategy, { type: 'first-to-claim' }>;

/** To all eligible members at once; if there is none, the fallbacks are tried. */
export function offerLead(
  scene: Scene,
  rotation: Rotation,
  strategy: FirstToClaim,
  way: Way,
  at: EpochMilliseconds,
): Events {
  const { userIds, passed } = eligibleNow(scene.distribution, rotation, turnLead(scene), at);
  if (userIds.length === 0) return fallBack(scene, rotation, strategy.otherwise ?? [], way, at, { passed });
  const { lead } = scene;
  return [
    {
      type: 'LeadOffered',
      data: {
        leadId: lead.facts.leadId,
        contactIds: [...lead.contactIds],
        ...(lead.ownerId === undefined ? {} : { previousOwnerId: lead.ownerId }),
        rotationId: rotation.id,
        userIds,
        until: iso(at + strategy.offerFor),
        ...passed,
        why: { ...way, reason: 'offered' },
        at: iso(at),
      },
    },
  ];
}

/**
 * The first fallback that takes the lead: past a rotation that is off, empty, or in which nobody is eligible, and past
 * an inactive user. One that offers leads itself and has nobody eligible goes on with its own fallbacks.
 * `passed`: why nobody could be offered it, if that is why it comes here.
 */
export function fallBack(
  scene: Scene,
  rotation: Rotation,
  fallbacks: readonly Fallback[],
  way: Way,
  at: EpochMilliseconds,
  { tried = [], passed }: { readonly tried?: readonly string[]; readonly passed?: Passed } = {},
): Events {
  for (const fallback of fallbacks) {
    if ('user' in fallback) {
      if (!scene.distribution.isActive(fallback.user)) continue;
      return giveOutsideTurn(scene, fallback.user, { ...way, reason: 'user' }, at, {
        rotationId: rotation.id,
        ...passed,
      });
    }
    const next = scene.distribution.rotations.get('queue' in fallback ? fallback.queue : fallback.rotation);
    if (next === undefined) continue;
    if ('queue' in fallback) return enqueue(scene, next, way, at);
    if (tried.includes(next.id) || !next.on) continue;
    const { strategy } = next;
    if (strategy.type === 'manual') {
      return giveToStandIn(scene, next, strategy.assignee, { ...way, reason: 'manual' }, at);
    }
    if (next.list.length === 0) continue;
    if (strategy.type === 'first-to-claim') {
      const { userIds } = eligibleNow(scene.distribution, next, turnLead(scene), at);
      if (userIds.length > 0) return offerLead(scene, next, strategy, way, at);
      const further = { tried: [...tried, rotation.id, next.id], ...(passed === undefined ? {} : { passed }) };
      return fallBack(scene, rotation, strategy.otherwise ?? [], way, at, further);
    }
    if (strategy.type === 'queue-hidden' || strategy.type === 'queue-preview') return enqueue(scene, next, way, at);
    const taken = takeTurn(scene.distribution, next, turnLead(scene), at);
    if (taken.userId !== undefined) return giveByTurn(scene, next, taken.userId, taken.turn, way, at);
  }
  const why = { ...way, reason: 'exhausted' as const };
  const left = { rotationId: rotation.id, waits: 'for-pick-up', notice: 'exhausted', why } as const;
  return leaveToNobody(scene, passed === undefined ? left : { ...left, passed }, at);
}

/** The turn of a member who was the first to claim an offered lead. */
export const turnOfFirst = (rotation: Rotation): Turn => ({
  number: rotation.turns + 1,
  strategy: 'first-to-claim',
  passedOver: [],
});

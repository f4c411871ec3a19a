import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { fallBack } from './offer-lead.ts';
import type { Events, Scene } from './scene.ts';

/** An offer that nobody took in time goes on to its fallbacks. No events if it was taken, or is still running. */
export function expireOffer(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  if (lead.offer === undefined || at < lead.offer.until) return [];
  const rotation = distribution.rotations.get(lead.offer.rotationId);
  if (rotation === undefined) return [];
  const { strategy } = rotation;
  const fallbacks = strategy.type === 'first-to-claim' ? (strategy.otherwise ?? []) : [];
  return fallBack(scene, rotation, fallbacks, { step: 'offer-over' }, at, { tried: [rotation.id] });
}

import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { Refused } from '@lead-rotator/service-host';
import type { Distributions } from '../distribution/distributions.ts';
import { type RotationAnswer, rotationAnswer } from './rotation.response.ts';

/** A rotation as it stands now. @throws Refused: `unknown-rotation`. */
export async function findRotation(
  distributions: Distributions,
  context: EventContext,
  rotationId: RotationId,
): Promise<RotationAnswer> {
  const { distribution, at } = await distributions.current(context);
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) throw new Refused(new Rejection('unknown-rotation', { rotationId }));
  return rotationAnswer(distribution, rotation, at);
}

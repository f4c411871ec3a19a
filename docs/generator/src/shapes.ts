import {
  awayPeriod,
  calendar,
  caps,
  claimPolicy,
  comparison,
  condition,
  fallback,
  memberSettings,
  passedOver,
  pause,
  person,
  rotationSettings,
  rule,
  run,
  strategy,
  target,
  turn,
  weekHours,
  whenNobody,
  why,
} from '@lead-rotator/lead-events';
import type { JsonSchema } from './json-schema.ts';

/** Parts that stand in several events: told once, and referred to by name. */
export const shapes = {
  why,
  turn,
  passedOver,
  run,
  person,
  claimPolicy,
  pause,
  strategy,
  fallback,
  whenNobody,
  caps,
  condition,
  comparison,
  rotationSettings,
  memberSettings,
  rule,
  target,
  weekHours,
  awayPeriod,
  calendar,
} as unknown as Readonly<Record<string, JsonSchema>>;

const names = new Map(Object.entries(shapes).map(([name, schema]) => [fingerprint(schema), name]));

/** The name of a shape, if it is one. An optional or described copy of a shape is the same shape. */
export const shapeName = (schema: JsonSchema): string | undefined => names.get(fingerprint(schema));

function fingerprint(schema: JsonSchema): string {
  const { description: _, ...rest } = schema;
  return JSON.stringify(rest);
}

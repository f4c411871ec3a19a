import { type Static, Type } from 'typebox';
import { rotationId, userId } from './fields.ts';

const closed = { additionalProperties: false } as const;
const seed = Type.Integer({ description: 'beginning of its random numbers' });

/** Where a lead goes that nobody of a first-to-claim rotation took. */
export const fallback = Type.Union([
  Type.Object({ rotation: rotationId }, closed),
  Type.Object({ user: userId }, closed),
  Type.Object({ queue: rotationId }, closed),
]);
export type Fallback = Static<typeof fallback>;

/** How a rotation chooses, and what the strategy needs to know. */
export const strategy = Type.Union([
  Type.Object({ type: Type.Literal('round-robin') }, closed),
  Type.Object(
    { type: Type.Literal('longest-waiting'), scope: Type.Optional(Type.Enum(['rotation', 'organization'])) },
    closed,
  ),
  Type.Object({ type: Type.Literal('random'), seed, noRepeat: Type.Optional(Type.Boolean()) }, closed),
  Type.Object({ type: Type.Literal('weighted') }, closed),
  Type.Object(
    { type: Type.Literal('priority-tier'), order: Type.Optional(Type.Enum(['interleaved', 'in-a-row'])) },
    closed,
  ),
  Type.Object({ type: Type.Literal('fewest-open'), by: Type.Optional(Type.Enum(['count', 'share'])) }, closed),
  Type.Object(
    {
      type: Type.Literal('fewest-assigned'),
      period: Type.Optional(Type.Enum(['day', 'week', 'month', 'ever'])),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('predictive'),
      seed,
      guard: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
      segment: Type.Optional(Type.Array(Type.String())),
    },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('first-to-claim'),
      offerFor: Type.Integer({ minimum: 1, description: 'in milliseconds' }),
      otherwise: Type.Optional(Type.Array(fallback)),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('queue-hidden') }, closed),
  Type.Object({ type: Type.Literal('queue-preview'), previewFields: Type.Optional(Type.Array(Type.String())) }, closed),
  Type.Object({ type: Type.Literal('manual'), assignee: Type.Optional(userId) }, closed),
]);
export type Strategy = Static<typeof strategy>;
export type StrategyType = Strategy['type'];

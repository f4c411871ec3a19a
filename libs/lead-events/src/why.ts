import { type Static, Type } from 'typebox';
import { leadId } from './fields.ts';

/** Which step of the way of a lead decided (domain reference, "From capture to owner" and "Claims and deadlines"). */
export const steps = [
  'came-with-owner',
  'known-contact',
  'rules',
  'missed',
  'declined',
  'owner-deactivated',
  'waiting',
  'offer-over',
  'picked-up',
  'by-hand',
  'failure',
] as const;

/** What the deciding step came to. */
export const reasons = [
  'turn',
  'rotation-off',
  'rotation-empty',
  'nobody-eligible',
  'hold',
  'queue',
  'offered',
  'backup',
  'rotation-owner',
  'manual',
  'user',
  'site-owner',
  'page-owner',
  'field',
  'number-one',
  'owner-kept',
  'owner-of-known-contact',
  'follows',
  'duplicate',
  'unassigned',
  'exhausted',
  'limit-of-reassignments',
  'notify-only',
  'given',
  'claimed-first',
  'error',
] as const;

/** Why a lead went where it went: for the person who asks years later, and for the replay. */
export const why = Type.Object(
  {
    step: Type.Enum([...steps]),
    reason: Type.Enum([...reasons]),
    rule: Type.Optional(Type.String({ description: 'id of the rule that decided' })),
    ruleSet: Type.Optional(Type.Integer({ minimum: 0, description: 'version of the rule set; 0: the default' })),
    otherLeadId: Type.Optional(leadId),
    error: Type.Optional(Type.String({ description: 'why no decision could be taken' })),
  },
  { additionalProperties: false },
);
export type Why = Static<typeof why>;
export type Step = Why['step'];
export type Reason = Why['reason'];

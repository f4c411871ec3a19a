import { claimsByOwners } from './claims-by-owners.ts';
import { closedIsClosed } from './closed-is-closed.ts';
import { deadlinesFire } from './deadlines-fire.ts';
import { decidedOnce } from './decided-once.ts';
import { dueByPolicy } from './due-by-policy.ts';
import { everyLeadIsDecided } from './every-lead-is-decided.ts';
import { leadsAreKnown } from './leads-are-known.ts';
import type { MakeLogCheck } from './log-check.ts';
import { nobodyWasEligible } from './nobody-was-eligible.ts';
import { oneOwner } from './one-owner.ts';
import { ownerIsActive } from './owner-is-active.ts';
import { ownerIsEligible } from './owner-is-eligible.ts';
import { reasonsHold } from './reasons-hold.ts';
import { roundRobinInOrder } from './round-robin-in-order.ts';
import { takenWithReason } from './taken-with-reason.ts';
import { timeGoesForward } from './time-goes-forward.ts';
import { turnsAreCounted } from './turns-are-counted.ts';

/** All checks that read nothing but the log. A new one is a file beside this one, a line here, and a planted fault in the spec. */
export const logChecks: readonly MakeLogCheck[] = [
  leadsAreKnown,
  timeGoesForward,
  everyLeadIsDecided,
  decidedOnce,
  oneOwner,
  closedIsClosed,
  ownerIsActive,
  ownerIsEligible,
  turnsAreCounted,
  roundRobinInOrder,
  reasonsHold,
  nobodyWasEligible,
  dueByPolicy,
  deadlinesFire,
  claimsByOwners,
  takenWithReason,
];

import type { Rejection } from '@lead-rotator/event-sourcing';
import type { MemberSettings } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid } from '../refusal.ts';
import { faultsOfCaps } from './check-caps.ts';
import { faultsOfCondition } from './check-condition.ts';

/** Shares are exact, in whole numbers of a double, while weights add up to 1.3 billion: 13,000 members of this. */
const mostWeight = 100_000;

/** Turns that can be given or taken at once. */
export const mostTurns = 1_000_000;

/** The first thing in the settings of a member that cannot be; undefined if there is none. */
export function faultsOfMember(distribution: Distribution, settings: MemberSettings): Rejection<'invalid'> | undefined {
  const { weight, leadsPerCycle, caps, filter } = settings;
  if (weight !== undefined && !(weight > 0 && Number.isInteger(Math.round(weight * 1e6) / 1e4))) {
    return invalid('weight', 'must be above 0, with two decimals at most', { found: weight });
  }
  if (weight !== undefined && weight > mostWeight) {
    return invalid('weight', `must be ${mostWeight} or less`, { found: weight });
  }
  if (leadsPerCycle !== undefined && !(Number.isInteger(leadsPerCycle) && leadsPerCycle > 0)) {
    return invalid('leadsPerCycle', 'must be a whole number above 0', { found: leadsPerCycle });
  }
  if (leadsPerCycle !== undefined && leadsPerCycle > mostTurns) {
    return invalid('leadsPerCycle', `must be ${mostTurns} or less`, { found: leadsPerCycle });
  }
  const fault = faultsOfCaps(caps);
  if (fault !== undefined || filter === undefined) return fault;
  return faultsOfCondition(distribution, filter, { inMemberFilter: true }, 'filter');
}

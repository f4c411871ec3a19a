import type { Rejection } from '@lead-rotator/event-sourcing';
import type { MemberSettings } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid } from '../refusal.ts';
import { faultsOfCondition } from './check-condition.ts';

/** The first thing in the settings of a member that cannot be; undefined if there is none. */
export function faultsOfMember(distribution: Distribution, settings: MemberSettings): Rejection<'invalid'> | undefined {
  const { weight, leadsPerCycle, caps, filter } = settings;
  if (weight !== undefined && !(weight > 0 && Number.isInteger(Math.round(weight * 1e6) / 1e4))) {
    return invalid('weight', 'must be above 0, with two decimals at most');
  }
  if (leadsPerCycle !== undefined && !(Number.isInteger(leadsPerCycle) && leadsPerCycle > 0)) {
    return invalid('leadsPerCycle', 'must be a whole number above 0');
  }
  for (const [window, limit] of Object.entries(caps ?? {})) {
    if (limit < 0) return invalid(`caps.${window}`, 'must not be below 0');
  }
  if (filter === undefined) return undefined;
  return faultsOfCondition(distribution, filter, { inMemberFilter: true }, 'filter');
}

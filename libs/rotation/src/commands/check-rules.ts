import type { Rejection } from '@lead-rotator/event-sourcing';
import type { Rule } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid } from '../refusal.ts';
import { faultsOfCondition } from './check-condition.ts';
import { nearestWord } from './nearest-word.ts';

/** The first thing in a set of rules that cannot be; undefined if there is none. */
export function faultsOfRules(distribution: Distribution, rules: readonly Rule[]): Rejection<'invalid'> | undefined {
  const last = rules.at(-1);
  if (last === undefined || last.when !== undefined) {
    return invalid(
      last === undefined ? '' : `${rules.length - 1}.when`,
      'the last rule is the default: it has no condition',
    );
  }
  const ids = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    if (ids.has(rule.id)) return invalid(`${index}.id`, `${rule.id} is there twice`);
    ids.add(rule.id);
    const fault = faultOfRule(distribution, rule, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultOfRule(distribution: Distribution, { to, when }: Rule, index: number): Rejection<'invalid'> | undefined {
  if (typeof to === 'object') {
    const rotationId = 'rotation' in to ? to.rotation : 'queue' in to ? to.queue : undefined;
    if (rotationId !== undefined && distribution.rotations.get(rotationId) === undefined) {
      const meant = nearestWord(rotationId, distribution.rotationIds);
      return invalid(`${index}.to.${'queue' in to ? 'queue' : 'rotation'}`, `there is no rotation ${rotationId}`, {
        found: rotationId,
        meant,
      });
    }
    if ('user' in to && distribution.users.get(to.user) === undefined) {
      const meant = nearestWord(to.user, distribution.roster);
      return invalid(`${index}.to.user`, `there is no user ${to.user}`, { found: to.user, meant });
    }
  }
  return when === undefined ? undefined : faultsOfCondition(distribution, when, {}, `${index}.when`);
}

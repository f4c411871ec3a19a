import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { Comparison, Condition, LeadRotatorEvent, RotationId } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';

/** What is defined for the whole organization and referred to by its name. */
export interface Definition {
  readonly kind: 'calendar' | 'territory' | 'page';
  readonly id: string;
}

/** What refers to a definition; of a member, `rotationId` is where they are one. */
export interface Use {
  readonly kind: 'rule' | 'rotation' | 'member' | 'territory';
  readonly id: string;
  readonly rotationId?: RotationId;
}

/** How many uses a refusal names. */
const named = 20;

/**
 * Takes a calendar, a territory or a page away. Refused as `in-use`, with what uses it, while a rule in force, a claim
 * policy, a member's filter or a territory names it. One that is not there needs no deletion.
 */
export function deleteDefinition(
  distribution: Distribution,
  definition: Definition,
  at: EpochMilliseconds,
): readonly LeadRotatorEvent[] | Rejection<'in-use'> {
  const { kind, id } = definition;
  const { calendars, territories, pages } = distribution;
  if (!{ calendar: calendars, territory: territories, page: pages }[kind].has(id)) return [];
  const usedBy = usesOf(distribution, definition);
  if (usedBy.length > 0) {
    const more = Math.max(0, usedBy.length - named);
    return new Rejection('in-use', { ...definition, usedBy: usedBy.slice(0, named), more });
  }
  const when = new Date(at).toISOString();
  switch (kind) {
    case 'calendar':
      return [{ type: 'CalendarDeleted', data: { calendarId: id, at: when } }];
    case 'territory':
      return [{ type: 'TerritoryDeleted', data: { territoryId: id, at: when } }];
    case 'page':
      return [{ type: 'PageDeleted', data: { pageId: id, at: when } }];
  }
}

function usesOf(distribution: Distribution, definition: Definition): Use[] {
  const uses: Use[] = [];
  const isUsedIn = (condition: Condition | undefined) =>
    condition !== undefined && comparisonsOf(condition).some((one) => names(one, definition));
  for (const { id, when } of distribution.ruleSet?.rules ?? []) {
    if (isUsedIn(when)) uses.push({ kind: 'rule', id });
  }
  for (const [id, condition] of distribution.territories) {
    if (isUsedIn(condition)) uses.push({ kind: 'territory', id });
  }
  for (const rotationId of distribution.rotationIds) {
    const rotation = distribution.rotations.get(rotationId);
    const { claim } = rotation?.settings ?? {};
    if (definition.kind === 'calendar' && claim?.calendar === definition.id) {
      uses.push({ kind: 'rotation', id: rotationId });
    }
    for (const { userId, settings } of rotation?.list ?? []) {
      if (isUsedIn(settings.filter)) uses.push({ kind: 'member', rotationId, id: userId });
    }
  }
  return uses;
}

function comparisonsOf(condition: Condition): readonly Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisonsOf);
  if ('any' in condition) return condition.any.flatMap(comparisonsOf);
  if ('not' in condition) return comparisonsOf(condition.not);
  return [condition];
}

function names({ field, is, isNot, in: among = [], during }: Comparison, { kind, id }: Definition): boolean {
  if (kind === 'calendar') return during === id;
  return field === kind && [is, isNot, ...among].includes(id);
}

import type { LeadRotatorEvent } from '@lead-rotator/lead-events';

/** What differs between two runs in which the same is decided. */
const varying: ReadonlySet<string> = new Set([
  'at',
  'due',
  'until',
  'receivedAt',
  'turnAt',
  'occurredAt',
  'activityId',
  'sourceLeadId',
  'contactIds',
  'person',
]);

/** What has happened to each lead, by its name in the file; `names`: by the ids of leads. */
export function livesOf(events: readonly LeadRotatorEvent[], names: ReadonlyMap<string, string> = new Map()) {
  const lives: Record<string, unknown[]> = {};
  for (const { type, data } of events) {
    if (!('leadId' in data) || data.leadId === undefined) continue;
    const decided = Object.fromEntries(Object.entries({ type, ...data }).filter(([field]) => !varying.has(field)));
    const named = (_: string, value: unknown) => names.get(value as string) ?? value;
    const name = names.get(data.leadId) ?? data.leadId;
    lives[name] = [...(lives[name] ?? []), JSON.parse(JSON.stringify(decided, named))];
  }
  return lives;
}

import type { AppendOutcome, Unit } from '@lead-rotator/event-sourcing';

/** Appends each id of a call once; who comes with it again is told what became of the first. */
export async function withoutRepetitions(
  units: readonly Unit[],
  append: (units: readonly Unit[]) => Promise<AppendOutcome[]>,
): Promise<AppendOutcome[]> {
  const first = new Map<string, number>();
  const once = units.filter((unit) => !first.has(unit.id) && first.set(unit.id, first.size));
  const outcomes = await append(once);
  const told = new Set<string>();
  return units.map(({ id }) => {
    const outcome = outcomes[first.get(id) ?? -1];
    if (outcome === undefined) throw new Error(`no outcome for unit ${id}`);
    if (told.has(id) && outcome.status === 'appended') return { ...outcome, repeated: true };
    told.add(id);
    return outcome;
  });
}

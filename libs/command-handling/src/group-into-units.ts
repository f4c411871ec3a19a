import type { Guard, NewEvent, Tag, Unit } from '@lead-rotator/event-sourcing';

/** A decision that waits to be appended: its events, and what it was made from, each tag with how far it was read. */
export interface Draft {
  readonly events: readonly NewEvent[];
  readonly read: readonly Guard[];
}

/** A unit, and the drafts it is made of, by their places in the list that was grouped. */
export interface DraftUnit {
  readonly unit: Unit;
  readonly drafts: readonly number[];
}

/**
 * Puts decisions that were made one after the other on the same fork into units: who has read what another has moved
 * goes into one unit with it, in their order. So a batch of turns of one rotation stands or falls as a whole and
 * touches no other rotation. Each unit guards what its decisions have read.
 */
export function groupIntoUnits(drafts: readonly Draft[], newId: () => string): DraftUnit[] {
  return dependentGroups(drafts).map((members) => {
    const own = members.map((member) => drafts[member] as Draft);
    const guards = new Map<Tag, Guard>();
    for (const draft of own) for (const guard of draft.read) guards.set(guard.tag, guard);
    return {
      drafts: members,
      unit: { id: newId(), events: own.flatMap((draft) => draft.events), guards: [...guards.values()] },
    };
  });
}

/** Groups in the order of their first members. */
function dependentGroups(drafts: readonly Draft[]): number[][] {
  const groupOf: number[][] = [];
  const moversOf = new Map<Tag, number[]>();
  drafts.forEach((draft, number) => {
    groupOf[number] = [number];
    for (const { tag } of draft.read) {
      for (const mover of moversOf.get(tag) ?? []) merge(groupOf, mover, number);
    }
    for (const tag of new Set(draft.events.flatMap((event) => event.tags))) {
      const movers = moversOf.get(tag);
      // Those of one group stand for one another: the first is enough.
      if (movers === undefined) moversOf.set(tag, [number]);
      else if (!movers.some((mover) => groupOf[mover] === groupOf[number])) movers.push(number);
    }
  });
  return [...new Set(groupOf)];
}

function merge(groupOf: number[][], one: number, other: number): void {
  const into = groupOf[one] as number[];
  const from = groupOf[other] as number[];
  if (into === from) return;
  for (const member of from) {
    into.push(member);
    groupOf[member] = into;
  }
  if (one > other || from.length > 1) into.sort((a, b) => a - b);
}

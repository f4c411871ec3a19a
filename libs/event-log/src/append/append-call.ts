import type { AppendOutcome, Refused } from '@lead-rotator/event-sourcing';
import { byteaArray, int4Array, int8Array, int8ArrayOfBytes, textArray, uuidArray } from '@lead-rotator/postgres';
import type { TagHash } from '../tag-hash.ts';
import type { PreparedUnit } from './prepared-unit.ts';

/** One row of `append_units`: the batch (unit 0), or a unit that was repeated or refused. */
export interface AppendRow {
  readonly unit: number;
  readonly first_position: number | null;
  readonly last_position: number | null;
  readonly refused_guard: number | null;
  readonly moved_to: number | null;
}

/** The parameters of `append_units` for these units, in its order. No two of them have the same id. */
export function appendParameters(units: readonly PreparedUnit[]): Buffer[] {
  const events = units.flatMap((unit) => unit.events);
  let through = 0;
  const lasts = units.map((unit) => (through += unit.events.length));
  const guarded = guardedTags(units);
  const guards = units.flatMap((unit, number) =>
    unit.guards.map((tag, index) => ({
      unit: number + 1,
      tag: guarded.get(tag)?.number ?? 0,
      after: unit.unit.guards[index]?.after ?? 0,
    })),
  );
  const touches = touchesBetween(units, guarded);
  const organization = memoizedText();
  const type = memoizedText();
  return [
    uuidArray(units.map((unit) => unit.key)),
    int4Array(lasts.map((last, index) => last - (units[index]?.events.length ?? 0) + 1)),
    int4Array(lasts),
    int8Array(events.map((event) => event.at)),
    int4Array(events.map((event) => event.version)),
    textArray(events.map((event) => organization(event.organization))),
    textArray(events.map((event) => type(event.type))),
    textArray(events.map((event) => event.payload)),
    byteaArray(events.map((event) => Buffer.from(event.tags.join(''), 'latin1'))),
    int8ArrayOfBytes(events.flatMap((event) => event.tags)),
    int4Array(events.flatMap((event, index) => event.tags.map(() => index + 1))),
    int8ArrayOfBytes([...guarded.keys()]),
    int8Array([...guarded.values()].map((tag) => tag.after)),
    int4Array(guards.map((guard) => guard.unit)),
    int4Array(guards.map((guard) => guard.tag)),
    int8Array(guards.map((guard) => guard.after)),
    int4Array(touches.map((touch) => touch.unit)),
    int4Array(touches.map((touch) => touch.tag)),
    int4Array(touches.map((touch) => touch.guard)),
  ];
}

interface GuardedTag {
  readonly number: number;
  /** The lowest position that a guard has read it at. */
  after: number;
}

/** Each guarded tag once, however many units guard on it: the log is asked once for it. */
function guardedTags(units: readonly PreparedUnit[]): Map<TagHash, GuardedTag> {
  const guarded = new Map<TagHash, GuardedTag>();
  for (const { guards, unit } of units) {
    for (const [index, tag] of guards.entries()) {
      const after = unit.guards[index]?.after ?? 0;
      const known = guarded.get(tag);
      if (known === undefined) guarded.set(tag, { number: guarded.size + 1, after });
      else if (after < known.after) known.after = after;
    }
  }
  return guarded;
}

interface Touch {
  readonly unit: number;
  readonly tag: number;
  /** The number of the guard that looks at the tag; 0: the unit carries it. */
  readonly guard: number;
}

/** What the units of a call may do to one another: only tags that one carries and a later one guards on. Mostly none. */
function touchesBetween(units: readonly PreparedUnit[], guarded: ReadonlyMap<TagHash, GuardedTag>): Touch[] {
  const contested = contestedTags(units, guarded);
  if (contested.size === 0) return [];
  const touches: Touch[] = [];
  let guard = 0;
  for (const [index, unit] of units.entries()) {
    for (const tag of unit.guards) {
      guard += 1;
      if (contested.has(tag)) touches.push({ unit: index + 1, tag: guarded.get(tag)?.number ?? 0, guard });
    }
    for (const tag of unit.events.flatMap((event) => event.tags)) {
      if (contested.has(tag)) touches.push({ unit: index + 1, tag: guarded.get(tag)?.number ?? 0, guard: 0 });
    }
  }
  return touches;
}

function contestedTags(units: readonly PreparedUnit[], guarded: ReadonlyMap<TagHash, GuardedTag>): Set<TagHash> {
  const carried = new Set<TagHash>();
  const contested = new Set<TagHash>();
  for (const unit of units) {
    for (const tag of unit.guards) if (carried.has(tag)) contested.add(tag);
    for (const event of unit.events) for (const tag of event.tags) if (guarded.has(tag)) carried.add(tag);
  }
  return contested;
}

/** Most events of a call are of one organization and of few types. */
function memoizedText(): (text: string) => Buffer {
  const known = new Map<string, Buffer>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const buffer = Buffer.from(text);
    known.set(text, buffer);
    return buffer;
  };
}

/** What became of each unit, in their order. */
export function appendOutcomes(units: readonly PreparedUnit[], rows: readonly AppendRow[]): AppendOutcome[] {
  const exceptions = new Map<number, AppendRow>();
  for (const row of rows) exceptions.set(row.unit, row);
  let next = exceptions.get(0)?.first_position ?? 1;
  let guards = 0;
  return units.map((unit, index) => {
    const row = exceptions.get(index + 1);
    const firstGuard = guards;
    guards += unit.guards.length;
    if (row?.refused_guard != null) return refused(unit, row.refused_guard - firstGuard - 1, row.moved_to);
    if (row?.first_position != null && row.last_position != null) {
      return { status: 'appended', first: row.first_position, last: row.last_position, repeated: true };
    }
    const first = next;
    next += unit.events.length;
    return { status: 'appended', first, last: next - 1, repeated: false };
  });
}

function refused({ unit }: PreparedUnit, guard: number, movedTo: number | null): Refused {
  const failed = unit.guards[guard];
  if (failed === undefined)
    throw new Error(`the log names guard ${guard} of unit ${unit.id}, which has ${unit.guards.length}`);
  const outcome = { status: 'refused', tag: failed.tag, readAt: failed.after } as const;
  return movedTo === null ? outcome : { ...outcome, movedTo };
}

import { hash } from 'node:crypto';
import type { NewEvent, Unit } from '@lead-rotator/event-sourcing';
import { InvalidUnit, UnitTooLarge } from '../errors.ts';
import { hashTag, type TagHash } from '../tag-hash.ts';

export interface PreparedEvent {
  readonly at: number;
  readonly version: number;
  readonly organization: string;
  readonly type: string;
  readonly payload: Buffer;
  /** Ascending, each once. */
  readonly tags: readonly TagHash[];
}

/** A unit that is known to fit into the log, in the form the log stores it in. */
export interface PreparedUnit {
  readonly unit: Unit;
  /** The first 128 bits of the SHA-256 of the unit's id. */
  readonly key: string;
  readonly events: readonly PreparedEvent[];
  /** The hash of each guard's tag. */
  readonly guards: readonly TagHash[];
  readonly bytes: number;
}

/** A unit's events together, in bytes of their payloads. */
const maximalUnitBytes = 1_000_000;

/**
 * Checks everything that the database would refuse, so that a bad unit never meets the others of its group.
 * @throws InvalidUnit with the reason; UnitTooLarge.
 */
export function prepareUnit(unit: Unit, payloadOf: (event: NewEvent) => string): PreparedUnit {
  const { id, events, guards } = unit;
  if (id === '') throw new InvalidUnit('a unit has no id');
  if (events.length === 0) throw new InvalidUnit(`unit ${id} has no event`);
  checkText(unit, 'id', id);
  const prepared = events.map((event) => prepareEvent(unit, event, payloadOf));
  const bytes = prepared.reduce((sum, event) => sum + event.payload.length, 0);
  if (bytes > maximalUnitBytes) throw new UnitTooLarge(id, bytes, maximalUnitBytes);
  const [{ organizationId }] = events as [NewEvent];
  const guardHashes = guards.map((guard) => {
    checkText(unit, 'guard', guard.tag);
    if (!Number.isSafeInteger(guard.after) || guard.after < 0)
      throw new InvalidUnit(`unit ${id} guards after ${guard.after}`);
    return hashTag(organizationId, guard.tag);
  });
  return { unit, key: hash('sha256', id, 'latin1').slice(0, 16), events: prepared, guards: guardHashes, bytes };
}

function prepareEvent(unit: Unit, event: NewEvent, payloadOf: (event: NewEvent) => string): PreparedEvent {
  const { type, version, at, organizationId, tags } = event;
  if (organizationId !== unit.events[0]?.organizationId)
    throw new InvalidUnit(`unit ${unit.id} has events of two organizations`);
  if (!Number.isSafeInteger(at)) throw new InvalidUnit(`unit ${unit.id}: ${type} at ${at} is no time in milliseconds`);
  if (!Number.isInteger(version) || version < 1 || version > 0x7fffffff)
    throw new InvalidUnit(`unit ${unit.id}: ${type} has version ${version}`);
  checkText(unit, 'organizationId', organizationId);
  checkText(unit, 'type', type);
  for (const tag of tags) checkText(unit, 'tag', tag);
  const payload = payloadOf(event);
  if (payload.includes('\\u') && unstorable.test(payload)) {
    throw new InvalidUnit(`unit ${unit.id}: ${type} holds U+0000 or half a surrogate pair`);
  }
  const hashes = tags.map((tag) => hashTag(organizationId, tag)).sort();
  const unique = hashes.filter((tag, index) => tag !== hashes[index - 1]);
  return { at, version, organization: organizationId, type, payload: Buffer.from(payload), tags: unique };
}

/** An escape for U+0000 or for a surrogate without its other half: the only escapes above U+001F that JSON.stringify writes. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function checkText(unit: Unit, what: string, text: string): void {
  if (text.includes('\0') || !text.isWellFormed()) {
    throw new InvalidUnit(`unit ${JSON.stringify(unit.id)}: ${what} holds U+0000 or half a surrogate pair`);
  }
}

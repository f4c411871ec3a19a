import { hash } from 'node:crypto';
import type { OrganizationId, Tag } from '@lead-rotator/event-sourcing';

/** Eight bytes, as a string of eight characters of one byte each: compares and serves as a key like the bytes do. */
export type TagHash = string;

/** A decision reads by a tag, guards it and writes it: hashed once, which takes 0.5 µs, and looked up twice. */
const recent = new Map<string, TagHash>();
const mostRecent = 32_768;

/**
 * How the log stores a tag: the first 64 bits of the SHA-256 of organization, U+0000 and tag. Two tags with one hash
 * are a false conflict or an event too many in a read, no more.
 */
export function hashTag(organizationId: OrganizationId, tag: Tag): TagHash {
  const name = `${organizationId}\0${tag}`;
  const known = recent.get(name);
  if (known !== undefined) return known;
  const hashed = hash('sha256', name, 'latin1').slice(0, 8);
  if (recent.size === mostRecent) recent.clear();
  recent.set(name, hashed);
  return hashed;
}

/** As the database's signed 64-bit integer, in decimal. */
export function tagHashToBigint(tag: TagHash): string {
  return Buffer.from(tag, 'latin1').readBigInt64BE().toString();
}

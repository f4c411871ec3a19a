import { hash } from 'node:crypto';
import type { OrganizationId, Tag } from '@lead-rotator/event-sourcing';

/** Eight bytes, as a string of eight characters of one byte each: compares and serves as a key like the bytes do. */
export type TagHash = string;

/**
 * How the log stores a tag: the first 64 bits of the SHA-256 of organization, U+0000 and tag. Two tags with one hash
 * are a false conflict or an event too many in a read, no more.
 */
export function hashTag(organizationId: OrganizationId, tag: Tag): TagHash {
  return hash('sha256', `${organizationId}\0${tag}`, 'latin1').slice(0, 8);
}

/** As the database's signed 64-bit integer, in decimal. */
export function tagHashToBigint(tag: TagHash): string {
  return Buffer.from(tag, 'latin1').readBigInt64BE().toString();
}

import type { Position } from '@lead-rotator/event-sourcing';
import type { ChainedBatch } from '../verify/batch-faults.ts';
import {
  type BatchText,
  batchOf,
  batchText,
  bytes,
  type EventText,
  eventOf,
  eventText,
  hex,
} from '../verify/hashed-text.ts';
import { batchHash, type HashedEvent, leafHash, type PathStep, rootOnPath } from '../verify/merkle.ts';

export const proofFormat = 'lead-rotator-proof/1';

/**
 * That one event is in the log, for who has no access to it: the event as it was hashed, its path to the root of its
 * batch, and the batches from there to a head. Hashes and tags are hexadecimal. Nothing of other events is in it.
 */
export interface EventProof {
  readonly format: typeof proofFormat;
  readonly event: EventText;
  readonly path: readonly { readonly side: PathStep['side']; readonly hash: string }[];
  /** The first one holds the event, the last one is the head. Each follows the one before. */
  readonly batches: readonly BatchText[];
}

export interface ProofVerification {
  /** Empty: the event is in the log whose head has the hash `headHash`. */
  readonly faults: readonly string[];
  readonly position: Position;
  readonly type: string;
  readonly batches: number;
  /** Of the last batch: compare it with one that was kept elsewhere. */
  readonly headHash: string;
  /** Whether that is the hash that was asked for; absent if none was. */
  readonly anchorFound?: boolean;
}

export const formatProof = (
  event: HashedEvent,
  path: readonly PathStep[],
  batches: readonly ChainedBatch[],
): EventProof => ({
  format: proofFormat,
  event: eventText(event),
  path: path.map(({ side, hash }) => ({ side, hash: hex(hash) })),
  batches: batches.map(batchText),
});

/** The text holds no proof. */
export class NoProof extends Error {
  override readonly name = 'NoProof';
}

/** A proof from its JSON text. @throws NoProof when it is none of the format. */
export function parseProof(text: string): EventProof {
  let proof: EventProof;
  try {
    proof = JSON.parse(text) as EventProof;
    requireFormat(proof);
  } catch (cause) {
    throw new NoProof(`no proof of the format ${proofFormat}: ${String(cause)}`, { cause });
  }
  return proof;
}

function requireFormat({ format, event, path, batches }: EventProof): void {
  if (format !== proofFormat) throw new TypeError(`the format is ${format}`);
  const { position, at, version, organization, type, payload, tags } = event;
  const numbers = [position, at, version, ...batches.flatMap(({ first, last, at }) => [first, last, at])];
  const texts = [organization, type, payload, tags, ...path.flatMap(({ side, hash }) => [side, hash])];
  const hashes = batches.flatMap(({ previous, root, unitsHash, hash }) => [previous, root, unitsHash, hash]);
  if (!numbers.every(Number.isSafeInteger)) throw new TypeError('positions, times and versions are whole numbers');
  if (![...texts, ...hashes].every((one) => typeof one === 'string'))
    throw new TypeError('texts and hashes are strings');
}

/** Computes everything in a proof again. `anchor`: the hash of a head that was kept elsewhere, hexadecimal. */
export function verifyProof(proof: EventProof, anchor?: string): ProofVerification {
  const { event, path, batches } = proof;
  const faults: string[] = [];
  const [own] = batches;
  const { position, type } = event;
  const leaf = leafHash(eventOf(event));
  const root = hex(
    rootOnPath(
      leaf,
      path.map(({ side, hash }) => ({ side, hash: bytes(hash) })),
    ),
  );
  if (own === undefined) faults.push('no batch is named');
  else if (position < own.first || position > own.last) {
    faults.push(`the batch from ${own.first} to ${own.last} does not hold position ${position}`);
  } else if (root !== own.root) faults.push('the event does not belong to the batch: it was changed, or the path was');
  for (const [index, batch] of batches.entries()) {
    const { first, last, previous, hash } = batch;
    const before = batches[index - 1];
    if (hex(batchHash(bytes(previous), batchOf(batch))) !== hash)
      faults.push(`the batch from ${first} to ${last} was changed`);
    if (before !== undefined && (previous !== before.hash || first !== before.last + 1)) {
      faults.push(`the batch from ${first} to ${last} does not follow from the one before`);
    }
  }
  const headHash = batches.at(-1)?.hash ?? '';
  const anchored = anchor === undefined ? {} : { anchorFound: headHash === anchor };
  return { faults, position, type, batches: batches.length, headHash, ...anchored };
}

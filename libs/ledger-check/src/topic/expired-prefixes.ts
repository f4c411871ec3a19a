import type { IncomingMessage } from '@lead-rotator/event-bus';
import type { Position } from '@lead-rotator/event-sourcing';

/**
 * Which partitions have lost their oldest messages to retention, and from which position on they still have everything.
 * The messages of a partition come in the order of the log, so what is missing before its first one has expired.
 */
export class ExpiredPrefixes {
  /** By partition that does not begin at offset 0. */
  readonly #firstPosition = new Map<number, Position>();
  readonly #begun = new Set<number>();

  constructor(private readonly endOffsets: ReadonlyMap<number, bigint>) {}

  see({ partition, offset }: IncomingMessage, position: Position): void {
    if (this.#begun.has(partition)) return;
    this.#begun.add(partition);
    if (offset > 0n) this.#firstPosition.set(partition, position);
  }

  /** All messages were seen: a partition that has had some and shows none has lost them all. */
  end(): void {
    for (const [partition, end] of this.endOffsets) {
      if (end > 0n && !this.#begun.has(partition)) this.#firstPosition.set(partition, Number.POSITIVE_INFINITY);
    }
  }

  /** @param partition where messages of its key lie; undefined if none does, and then it may be any that lost some */
  includes(position: Position, partition: number | undefined): boolean {
    if (partition !== undefined) return position < (this.#firstPosition.get(partition) ?? 0);
    for (const first of this.#firstPosition.values()) if (position < first) return true;
    return false;
  }
}

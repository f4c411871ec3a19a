import type { UserId } from '@lead-rotator/lead-events';

/** Entries that are kept at least; who has read less far looks at everybody again. */
const kept = 4_096;

/**
 * Of whom something has changed, in order. Readers remember up to where they have read, and so look only at those who
 * have changed since. One that is made above another goes on from its position and keeps what it notes to itself.
 */
export class Journal {
  private readonly below: Journal | undefined;
  private first: number;
  private readonly entries: UserId[] = [];

  constructor(below?: Journal) {
    this.below = below;
    this.first = below?.position ?? 0;
  }

  get position(): number {
    return this.first + this.entries.length;
  }

  note(userId: UserId): void {
    if (this.entries.push(userId) < 2 * kept) return;
    this.entries.splice(0, kept);
    this.first += kept;
  }

  /** The entry at a position; undefined if it is not kept any more. */
  at(position: number): UserId | undefined {
    return position >= this.first ? this.entries[position - this.first] : this.below?.at(position);
  }
}

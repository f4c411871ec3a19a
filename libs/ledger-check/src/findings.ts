import type { Finding, Place } from './fault.ts';

/** Collects findings: the first of each kind in full, the others by number, so that a bad log cannot fill the memory. */
export class Findings<Kind extends string> {
  readonly list: Finding<Kind>[] = [];
  readonly counts = new Map<Kind, number>();

  constructor(private readonly listedPerKind: number) {}

  readonly add = (kind: Kind, place: Place, facts: Finding<Kind>['facts'] = {}): void => {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= this.listedPerKind) this.list.push({ kind, place, facts });
  };

  /** So many more of a kind, of which nothing is listed. */
  addUnlisted(kind: Kind, count: number): void {
    if (count > 0) this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
  }
}

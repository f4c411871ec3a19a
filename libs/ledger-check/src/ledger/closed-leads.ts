import { fingerprint } from '../fingerprint.ts';

/** Remembers which leads are closed by a number each: a lead that is won or lost must not cost memory for ever. */
export class ClosedLeads {
  readonly #numbers = new Set<number>();

  add(leadId: string): void {
    this.#numbers.add(fingerprint(leadId));
  }

  has(leadId: string): boolean {
    return this.#numbers.size > 0 && this.#numbers.has(fingerprint(leadId));
  }
}

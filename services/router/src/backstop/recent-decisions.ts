import type { EpochMilliseconds, Position, RecordedEvent } from '@lead-rotator/event-sourcing';

/** How long a decision is remembered: longer than the sweep waits before it looks at a lead. */
const rememberMilliseconds = 60_000;
/** At most so many: 16 s at 8,000 leads/s. One forgotten too early costs a look-up, no more. */
const most = 131_072;

/**
 * Which captured leads were decided lately, by whichever copy: the position of a lead's LeadCaptured is the cause of its
 * decision, and every copy reads the decisions of all. So the sweep need not look up the leads that took the usual way.
 */
export class RecentDecisions {
  readonly #positions = new Set<Position>();

  constructor(private readonly now: () => EpochMilliseconds) {}

  note(events: readonly RecordedEvent[]): void {
    const since = this.now() - rememberMilliseconds;
    for (const { at, cause } of events) {
      if (at < since || !cause.startsWith('event:')) continue;
      this.#positions.add(Number(cause.slice('event:'.length)));
    }
    for (const position of this.#positions) {
      if (this.#positions.size <= most) return;
      this.#positions.delete(position);
    }
  }

  has(captured: Position): boolean {
    return this.#positions.has(captured);
  }
}

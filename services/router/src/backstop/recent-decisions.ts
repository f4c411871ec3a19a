import type { EpochMilliseconds, Position, RecordedEvent } from '@lead-rotator/event-sourcing';

/** How long a decision is remembered: longer than the sweep waits before it looks at a lead. */
const rememberMilliseconds = 60_000;
/** At most so many: 16 s at 8,000 leads/s. One forgotten too early costs a look-up, no more. */
const most = 131_072;

const decisionTypes: ReadonlySet<string> = new Set(['LeadAssigned', 'LeadOffered']);

/**
 * Which captured leads were decided lately, by whichever copy: the position of a lead's LeadCaptured is the cause of its
 * decision, and every copy reads the decisions of all. So the sweep need not look up the leads that took the usual way,
 * and knows how far that way has come.
 */
export class RecentDecisions {
  readonly #decided = new Set<Position>();
  readonly #swept = new Set<Position>();
  #front: Position = 0;

  constructor(private readonly now: () => EpochMilliseconds) {}

  /** The newest captured lead that was decided because its message came. */
  get front(): Position {
    return this.#front;
  }

  has(captured: Position): boolean {
    return this.#decided.has(captured);
  }

  /** Events as they are read from the log. */
  note(events: readonly RecordedEvent[]): void {
    const since = this.now() - rememberMilliseconds;
    for (const { type, at, actor, cause } of events) {
      if (at < since || actor !== 'service:router' || !decisionTypes.has(type)) continue;
      const captured = Number(cause.slice('event:'.length));
      this.#decided.add(captured);
      if (captured > this.#front && !this.#swept.has(captured)) this.#front = captured;
    }
    dropOldest(this.#decided);
  }

  /** The sweep decides these leads: no message of theirs has come. */
  sweeps(captured: readonly Position[]): void {
    for (const position of captured) this.#swept.add(position);
    dropOldest(this.#swept);
  }
}

function dropOldest(positions: Set<Position>): void {
  for (const position of positions) {
    if (positions.size <= most) return;
    positions.delete(position);
  }
}

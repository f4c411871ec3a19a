import type { NewEvent, Position, RecordedEvent } from '@lead-rotator/event-sourcing';

/** Events that stand one behind the other, and are forgotten together. */
interface Run {
  readonly first: Position;
  readonly events: NewEvent[];
  /** Milliseconds. */
  readonly appendedAt: number;
}

/** Parts of the log, in order: behind each `after`, up to the `until` of the same place. */
export interface Gaps {
  readonly after: Position[];
  readonly until: Position[];
}

/** Longer than a projector rests at the head of the log. */
const keepMilliseconds = 2_000;
const most = 10_000;
const mostOfRun = 1_000;

/**
 * What a process has appended a moment ago. Whoever reads on in that process, projections and tables, is given these
 * events as they were made; the database need not look them up, send them and have them parsed, several times over.
 */
export class OwnEvents {
  readonly #runs: Run[] = [];
  readonly #clock: () => number;
  #count = 0;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** They stand in the log from `first` on. */
  add(events: readonly NewEvent[], first: Position): void {
    const now = this.#clock();
    this.#count += events.length;
    const last = this.#runs.at(-1);
    if (last !== undefined && last.first + last.events.length === first && last.events.length < mostOfRun) {
      last.events.push(...events);
    } else {
      this.#insert({ first, events: [...events], appendedAt: now });
    }
    this.#dropOld(now);
  }

  /** Those behind one position and up to another, in order. */
  between(after: Position, until: Position): RecordedEvent[] {
    this.#dropOld(this.#clock());
    return this.#runs.flatMap(({ first, events }) => {
      const from = Math.max(0, after + 1 - first);
      return events
        .slice(from, Math.max(0, until + 1 - first))
        .map(({ tags: _, ...event }, index): RecordedEvent => ({ position: first + from + index, ...event }));
    });
  }

  /** The log was away: what comes back may be another. */
  clear(): void {
    this.#runs.length = 0;
    this.#count = 0;
  }

  /** Two appends may be answered in either order. */
  #insert(run: Run): void {
    const at = this.#runs.findLastIndex(({ first }) => first < run.first) + 1;
    this.#runs.splice(at, 0, run);
  }

  #dropOld(now: number): void {
    const isOld = (run: Run) => run.appendedAt < now - keepMilliseconds || this.#count > most;
    for (let run = this.#runs[0]; run !== undefined && isOld(run); run = this.#runs[0]) {
      this.#count -= run.events.length;
      this.#runs.shift();
    }
  }
}

/** What of the log between two positions is not among these events, which are in order. */
export function gapsBetween(after: Position, until: Position, events: readonly RecordedEvent[]): Gaps {
  const gaps: Gaps = { after: [], until: [] };
  let next = after;
  for (const { position } of events) {
    if (position > next + 1) {
      gaps.after.push(next);
      gaps.until.push(position - 1);
    }
    next = position;
  }
  if (next < until) {
    gaps.after.push(next);
    gaps.until.push(until);
  }
  return gaps;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendOutcome } from '@lead-rotator/event-sourcing';
import { InvalidUnit, LogUnavailable } from '../errors.ts';
import { faultOf } from '../fault.ts';
import { callSizedParts, mostBytesInCall } from './call-sized-parts.ts';
import type { PreparedUnit } from './prepared-unit.ts';

/**
 * Calls to the log under way at once: while the one commits, the other's units are encoded and sent, which brings a third
 * more than one call. More bring nothing, since the log takes one at a time.
 */
export const callsUnderWay = 2;

const mostEventsInCall = 1_000;

/** How long an append is tried again while the log does not answer. */
export const defaultPatienceMilliseconds = 5_000;

/** So few entries are not worth two calls. */
const smallGroup = 8;

interface Entry {
  readonly units: readonly PreparedUnit[];
  readonly deadline: number;
  readonly resolve: (outcomes: AppendOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: while a call is under way, what comes in gathers and goes with the next one. One commit then serves
 * hundreds of callers.
 */
export class AppendQueue {
  readonly #waiting: Entry[] = [];
  #underWay = 0;
  #scheduled = false;
  #idle: (() => void)[] = [];

  constructor(
    private readonly call: (units: readonly PreparedUnit[]) => Promise<AppendOutcome[]>,
    private readonly patienceMilliseconds = defaultPatienceMilliseconds,
  ) {}

  /** Units of different ids, written in this order, and in one call unless they are many and large. */
  async add(units: readonly PreparedUnit[]): Promise<AppendOutcome[]> {
    const outcomes: AppendOutcome[] = [];
    for (const part of callSizedParts(units)) outcomes.push(...(await this.#addPart(part)));
    return outcomes;
  }

  #addPart(units: readonly PreparedUnit[]): Promise<AppendOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ units, resolve, reject, deadline: performance.now() + this.patienceMilliseconds });
      this.#schedule();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  async drain(): Promise<void> {
    if (this.#waiting.length === 0 && this.#underWay === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** At the end of this turn of the event loop: callers that were woken together are written together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#waiting.length > 0 && this.#underWay < callsUnderWay) this.#start(this.#take());
    });
  }

  #start(group: Entry[]): void {
    this.#underWay += 1;
    void this.#write(group).finally(() => {
      this.#underWay -= 1;
      if (this.#waiting.length > 0) this.#schedule();
      else if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  /**
   * The longest row of entries that fits into a call, at least one; an id that is in the call already waits for the
   * next. With two calls free they share what waits: else all callers would go with the one, and wait for each other.
   */
  #take(): Entry[] {
    const share = Math.ceil(this.#waiting.length / (callsUnderWay - this.#underWay));
    const ids = new Set<string>();
    let events = 0;
    let bytes = 0;
    let length = 0;
    for (const { units } of this.#waiting) {
      if (length >= Math.max(share, smallGroup)) break;
      for (const unit of units) {
        events += unit.events.length;
        bytes += unit.bytes;
      }
      const full = events > mostEventsInCall || bytes > mostBytesInCall;
      if (length > 0 && (full || units.some((unit) => ids.has(unit.key)))) break;
      for (const unit of units) ids.add(unit.key);
      length += 1;
    }
    return this.#waiting.splice(0, length);
  }

  /** Settles every entry of the group, and never rejects. */
  async #write(group: Entry[]): Promise<void> {
    for (let pause = 20, entries = group; entries.length > 0; pause = Math.min(pause * 2, 1_000)) {
      try {
        const outcomes = await this.call(entries.flatMap((entry) => entry.units));
        let next = 0;
        for (const entry of entries) {
          entry.resolve(outcomes.slice(next, next + entry.units.length));
          next += entry.units.length;
        }
        return;
      } catch (error) {
        const fault = faultOf(error);
        if (fault === 'data') return this.#split(entries, error);
        if (fault === 'other') {
          for (const entry of entries) entry.reject(error);
          return;
        }
        entries = this.#giveUpLate(entries, error);
        this.#waiting.splice(0, this.#waiting.length, ...this.#giveUpLate(this.#waiting, error));
      }
      if (entries.length > 0) await sleep(pause);
    }
  }

  /** The database refuses something in it: halves are tried alone, until what it refuses stands alone. */
  async #split(entries: Entry[], error: unknown): Promise<void> {
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) {
      const ids = entry.units.map((unit) => unit.unit.id).join(', ');
      entry.reject(new InvalidUnit(`the log cannot store ${ids}: ${String(error)}`, { cause: error }));
      return;
    }
    const middle = Math.ceil(entries.length / 2);
    await this.#write(entries.slice(0, middle));
    await this.#write(entries.slice(middle));
  }

  /** Those that may still wait; the others learn that nothing is known about them. */
  #giveUpLate(entries: readonly Entry[], error: unknown): Entry[] {
    const now = performance.now();
    for (const entry of entries) {
      if (entry.deadline <= now)
        entry.reject(new LogUnavailable(`the log does not answer: ${String(error)}`, { cause: error }));
    }
    return entries.filter((entry) => entry.deadline > now);
  }
}

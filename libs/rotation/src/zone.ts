import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

const hour = 3_600_000;
const day = 86_400_000;

/** The calendar windows in which an instant lies; two instants are in the same window if the numbers are the same. */
export interface Windows {
  /** When the local hour began: of an hour that the clock shows twice in autumn, each is a window of its own. */
  readonly hour: EpochMilliseconds;
  /** Local days since 1970-01-01. */
  readonly day: number;
  /** Weeks from Monday. */
  readonly week: number;
  readonly month: number;
}

interface Span {
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds;
  readonly offset: number;
}

/** Local time of one time zone. Temporal takes microseconds; spans between two changes of the clock are remembered. */
export class Zone {
  readonly name: string;
  private span: Span = { from: 0, until: 0, offset: 0 };
  private readonly spans: Span[] = [];
  private windows: Windows = { hour: Number.NaN, day: 0, week: 0, month: 0 };

  constructor(name: string) {
    this.name = name;
    if (name === 'UTC') this.span = { from: -Infinity, until: Infinity, offset: 0 };
  }

  /** Local minus universal time, in milliseconds. */
  offsetAt(at: EpochMilliseconds): number {
    if (at >= this.span.from && at < this.span.until) return this.span.offset;
    let span = this.spans.find((one) => at >= one.from && at < one.until);
    if (span === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.name);
      const next = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
      const previous = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
      span = { from: previous, until: next, offset: zoned.offsetNanoseconds / 1e6 };
      this.spans.push(span);
    }
    this.span = span;
    return span.offset;
  }

  /** When the clock is changed next; Infinity if it is not. */
  nextTransition(at: EpochMilliseconds): EpochMilliseconds {
    this.offsetAt(at);
    return this.span.until;
  }

  /** What the clock on the wall shows, as if it were universal time. */
  toLocal(at: EpochMilliseconds): number {
    return at + this.offsetAt(at);
  }

  /** The instant of a local time; one that the clock skips moves forward, of one that it shows twice the first counts. */
  toInstant(local: number): EpochMilliseconds {
    const before = this.offsetAt(local - day);
    if (before === this.offsetAt(local + day)) return local - before;
    return Temporal.Instant.fromEpochMilliseconds(local)
      .toZonedDateTimeISO('UTC')
      .toPlainDateTime()
      .toZonedDateTime(this.name, { disambiguation: 'compatible' }).epochMilliseconds;
  }

  windowsAt(at: EpochMilliseconds): Windows {
    const last = this.windows;
    if (at >= last.hour && at < last.hour + hour) return last;
    const local = this.toLocal(at);
    const date = Math.floor(local / day);
    const civil = new Date(date * day);
    this.windows = {
      hour: at - (local - Math.floor(local / hour) * hour),
      day: date,
      week: Math.floor((date + 3) / 7),
      month: civil.getUTCFullYear() * 12 + civil.getUTCMonth(),
    };
    return this.windows;
  }

  /** When the window after the present one begins. */
  nextWindow(at: EpochMilliseconds, unit: keyof Windows): EpochMilliseconds {
    const { hour: began, day: date, week, month } = this.windowsAt(at);
    if (unit === 'hour') return began + hour;
    if (unit === 'day') return this.toInstant((date + 1) * day);
    if (unit === 'week') return this.toInstant(((week + 1) * 7 - 3) * day);
    return this.toInstant(Date.UTC(Math.floor((month + 1) / 12), (month + 1) % 12, 1));
  }
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name, or undefined if there is none of that name. */
export function findZone(name: string): Zone | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  } catch {
    return undefined;
  }
  const zone = new Zone(name);
  zones.set(name, zone);
  return zone;
}

/* Most members of an organization live in one zone: saves the look-up for each. */
let last = new Zone('UTC');

/** @throws RangeError for a name that is no time zone: names are checked where they come in. */
export function zoneOf(name: string): Zone {
  if (last.name === name) return last;
  const zone = findZone(name);
  if (zone === undefined) throw new RangeError(`no such time zone: ${name}`);
  last = zone;
  return zone;
}

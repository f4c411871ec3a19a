import type {
  EventLog,
  FollowSelection,
  LogId,
  PlacePage,
  ReadPage,
  ReadSelection,
  TagSelection,
} from '@lead-rotator/event-log';
import type { AppendOutcome, Position, RecordedEvent, Unit } from '@lead-rotator/event-sourcing';
import type { RouterMetrics, Stage } from '../router-metrics.ts';

/** The log as decisions use it, with the time that each stage takes, and whoever wants to see what is read. */
export class MeasuredLog implements EventLog {
  constructor(
    private readonly log: EventLog,
    private readonly metrics: RouterMetrics,
    private readonly seen: (events: readonly RecordedEvent[]) => void,
  ) {}

  async read(selection?: ReadSelection): Promise<ReadPage> {
    const page = await this.#timed('catch-up', this.log.read(selection));
    this.seen(page.events);
    return page;
  }

  readPlaces(selection?: Omit<ReadSelection, 'open'>): Promise<PlacePage> {
    return this.log.readPlaces(selection);
  }

  readByTags(selection: TagSelection): Promise<RecordedEvent[]> {
    return this.#timed('load', this.log.readByTags(selection));
  }

  append(unit: Unit): Promise<AppendOutcome> {
    return this.#timed('append', this.log.append(unit));
  }

  appendAll(units: readonly Unit[]): Promise<AppendOutcome[]> {
    return this.#timed('append', this.log.appendAll(units));
  }

  restoredUpTo(): Promise<Position> {
    return this.log.restoredUpTo();
  }

  id(): Promise<LogId> {
    return this.log.id();
  }

  head(): Promise<Position> {
    return this.log.head();
  }

  follow(selection: FollowSelection): AsyncIterable<ReadPage> {
    return this.log.follow(selection);
  }

  close(): Promise<void> {
    return this.log.close();
  }

  #timed<Result>(stage: Stage, work: Promise<Result>): Promise<Result> {
    const end = this.metrics.stage(stage);
    return work.finally(end);
  }
}

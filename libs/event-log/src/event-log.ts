import type { AppendOutcome, OrganizationId, Position, RecordedEvent, Tag, Unit } from '@lead-rotator/event-sourcing';

/** The log's own id, made with the log: a restored or replaced log has another, and who stands on the old one stops. */
export type LogId = string;

/** Which part of the log is wanted; everything if nothing is said. */
export interface ReadSelection {
  /** Only what stands behind this position; default 0. */
  readonly after?: Position;
  /** Only what stands up to here, included. */
  readonly until?: Position;
  /** At most so many events; default 1,000. */
  readonly limit?: number;
  readonly types?: readonly string[];
  /** Everything but these types: for who must notice a type it has never heard of, and does not need the bulk of the others. */
  readonly exceptTypes?: readonly string[];
  readonly organizationId?: OrganizationId;
  /** Give sealed personal data in clear. Default false: a sealed field comes as `{ sealed: true }`, an erased one as `{ erased: true }`. */
  readonly open?: boolean;
}

/** What one read has found, and how far it has looked. */
export interface ReadPage {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here was looked at: the `after` of the next read, also if no event of the types wanted was there. */
  readonly readTo: Position;
  /** The newest position of the log when it was read. */
  readonly head: Position;
}

/** Where an event stands, and when it was recorded. */
export type EventPlace = Pick<RecordedEvent, 'position' | 'at'>;

/** A page of which only the places were asked for. */
export interface PlacePage extends Omit<ReadPage, 'events'> {
  readonly places: readonly EventPlace[];
}

/** Events that carry one of the tags, in order of position, once each. */
export interface TagSelection {
  readonly organizationId: OrganizationId;
  readonly tags: readonly Tag[];
  /** Only what stands behind this position; default 0. The nearer to the end, the less of a long log is looked through. */
  readonly after?: Position;
  readonly until?: Position;
  readonly types?: readonly string[];
  readonly open?: boolean;
  /** Events that the caller has already: where they are found they may be given back as they are, and are not read. */
  readonly known?: readonly RecordedEvent[];
}

export interface FollowSelection extends ReadSelection {
  readonly signal: AbortSignal;
  /** Default 1,000. */
  readonly pollMilliseconds?: number;
  /** False: it only polls. Who may be late then costs nothing with each batch; being woken takes 0.1 ms of two processes. */
  readonly listens?: boolean;
}

/**
 * One append-only log of all organizations of a server. Positions are gapless and in commit order, so a reader needs
 * no more than the last position it has seen. Every implementation passes `describeEventLog` (the contract suite).
 */
export interface EventLog {
  /** The log's own id as it is now. The first one that a process finds is that of the log it appends to. @throws LogUnavailable */
  id(): Promise<LogId>;

  /**
   * Where it was given its id: what stands up to there it has had before it was restored, and is news to nobody. 0 for a
   * log that was never restored.
   * @throws LogUnavailable
   */
  restoredUpTo(): Promise<Position>;

  /**
   * Appends one unit; calls that come in while an append is under way are written together in the next.
   * Refused when a guard does not hold (no error: read again, decide again).
   * @throws LogUnavailable when the log cannot be reached; repeating the call with the same unit id is safe.
   * @throws LogReplaced when it is another log than this process has found first: restored, or replaced.
   * @throws InvalidUnit when the unit itself cannot be stored (no event, U+0000 in a text, larger than 1 MB): never retried.
   */
  append(unit: Unit): Promise<AppendOutcome>;

  /**
   * As `append`, for units that were decided on one another, in this order and in one call to the log. Units without
   * guards may go in several calls; when one of these fails, those before it have been appended.
   */
  appendAll(units: readonly Unit[]): Promise<AppendOutcome[]>;

  /** One page of events in the order of positions, and how far it has looked. @throws LogUnavailable */
  read(selection?: ReadSelection): Promise<ReadPage>;

  /** As `read`, for who needs no more than where the events stand: none of them is sent and parsed. @throws LogUnavailable */
  readPlaces(selection?: Omit<ReadSelection, 'open'>): Promise<PlacePage>;

  /** All events that carry one of the tags, each once, in the order of positions. @throws LogUnavailable */
  readByTags(selection: TagSelection): Promise<RecordedEvent[]>;

  /** The newest position; 0 for an empty log. @throws LogUnavailable */
  head(): Promise<Position>;

  /**
   * Pages from `after` on, and then whatever is appended, until `until` is reached or the signal is aborted. Woken by one
   * notification per batch, and at the latest every `pollMilliseconds`. Gives a page without events when only events of
   * other types came, so that the follower knows how far it is. While the log is down it waits and tries again.
   * @throws LogReplaced when the log ends before the position that the follower has already reached.
   */
  follow(selection: FollowSelection): AsyncIterable<ReadPage>;

  /** Waits for the appends under way; nothing may be asked of it any more. */
  close(): Promise<void>;
}

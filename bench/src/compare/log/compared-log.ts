/** Takes the ids of events as they are read. */
export type TakeIds = (ids: readonly string[]) => void;

/** A log as it is compared. */
export interface ComparedLog {
  /** One unit of so many events, all or nothing; resolves when it is on disk. */
  append(size: number): Promise<void>;
  /** Reads page after page from the beginning to the end. */
  readPages(take: TakeIds): Promise<void>;
  /** The place behind everything that was appended by now. */
  here(): Promise<bigint>;
  /** Reads what is behind that place, as it comes, until it is told to stop. */
  follow(after: bigint, take: TakeIds, signal: AbortSignal): Promise<void>;
}

/** Every sample event is about a lead of its own. */
export const idsOf = (events: readonly { readonly data: unknown }[]): string[] =>
  events.map(({ data }) => (data as { leadId: string }).leadId);

/** Events of a page. */
export const pageSize = 5_000;

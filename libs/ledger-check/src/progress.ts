/** How far a part of the check is. */
export interface Progress {
  readonly part: 'topic' | 'log' | 'hash chain' | 'read models' | 'offsets';
  readonly done: number;
  /** Of how many, if that is known. */
  readonly of?: number;
}

export type ReportProgress = (progress: Progress) => void;

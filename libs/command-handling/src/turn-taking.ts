/** How those who decide on the same rotations stay out of each other's way. */
export interface TurnTaking {
  /** Others were faster: the work that was done last has to be done again. */
  conflict(): void;
  /** Does the work: at once while there is little contention, else when it is this copy's turn, or has not become it for too long. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** For a process that is alone. */
export const withoutTurns: TurnTaking = { conflict() {}, during: (work) => work() };

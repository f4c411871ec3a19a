/** How those who decide on the same rotations stay out of each other's way. `commands`: how many are decided at once. */
export interface TurnTaking {
  /** Others were faster: for a while from now on, this copy waits for its turn. */
  conflict(commands: number): void;
  /** Does the work: at once while there is no contention, else when it is this copy's turn, or has not become it for too long. */
  during<Result>(commands: number, work: () => Promise<Result>): Promise<Result>;
}

/** For a process that is alone. */
export const withoutTurns: TurnTaking = { conflict() {}, during: (_, work) => work() };

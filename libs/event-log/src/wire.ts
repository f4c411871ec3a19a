/** The way to a server that is only played: a call may be late, get lost, or be done and its answer get lost. */
export interface Wire {
  /** Has the work done at the other end and brings the answer. @throws an error as of a lost connection. */
  call<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer>;
}

/** Nothing gets lost or late. */
export const perfectWire: Wire = { call: async (work) => work() };

/**
 * Version of the deciders, recorded with every decision: goes up with any change by which the same events and the same
 * command may have another outcome. A decision is replayed by the deciders of its version.
 */
export const deciderVersion = 5;

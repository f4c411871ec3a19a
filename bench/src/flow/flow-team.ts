import type { Team } from '@lead-rotator/test-cluster';

/** Who gets the leads where their way is measured: one rotation of twenty members with a claim window of a day. */
export const flowTeam = {
  rotationId: 'web',
  members: Array.from({ length: 20 }, (_, number) => `member-${number}`),
  claim: { within: 24 * 3_600_000 },
} satisfies Team;

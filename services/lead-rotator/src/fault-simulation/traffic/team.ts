import { CommandHandler, type ConfigurationCommand, distributionProjection } from '@lead-rotator/command-handling';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import type { RotationId, RotationSettings } from '@lead-rotator/lead-events';
import { changeRotation } from '@lead-rotator/rotation';
import { setUpTeam } from '@lead-rotator/test-cluster';
import type { Chance } from '../chance.ts';
import type { World } from '../world.ts';

const names = ['ann', 'bob', 'eve', 'kim', 'tom'];
export const rotationId = 'web' as RotationId;

/** Who is in the rotation, and what it is set to. */
export interface Team {
  readonly members: readonly string[];
  readonly settings: RotationSettings;
}

export function drawTeam(chance: Chance): Team {
  const other = chance.permille(400);
  return {
    members: names.slice(0, chance.between(2, names.length)),
    settings: {
      strategy: other
        ? chance.oneOf([
            { type: 'weighted' },
            { type: 'longest-waiting', scope: 'organization' },
            { type: 'fewest-open' },
            { type: 'first-to-claim', offerFor: 2_000 },
          ])
        : { type: 'round-robin' },
      whenNobody: chance.oneOf(['unassigned', 'hold']),
      makeUp: chance.oneOf(['none', 'one', 'all']),
      caps: chance.permille(300) ? { daily: chance.between(2, 8) } : {},
      refund: chance.permille(300),
      claim: {
        within: chance.between(500, 3_000),
        maxReassignments: chance.between(0, 2),
        warnBefore: chance.permille(300) ? 500 : 0,
        pauseAfterMisses: chance.permille(200) ? 3 : 0,
      },
    },
  };
}

/** Before anybody else is there. */
export async function setUp({ log, time }: World, { members, settings }: Team): Promise<void> {
  const commands = new CommandHandler(log, distributionProjection(log), () => time.now);
  await setUpTeam(commands, { rotationId, members });
  const change: ConfigurationCommand = {
    context: { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:set-up' },
    decide: (distribution, at) => changeRotation(distribution, rotationId, settings, at),
  };
  await commands.handle(change);
}

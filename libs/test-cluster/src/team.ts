import type { CommandHandler, ConfigurationCommand } from '@lead-rotator/command-handling';
import { defaultOrganization, isRejected } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, RotationId, UserId } from '@lead-rotator/lead-events';
import { addMember, createRotation, registerUser } from '@lead-rotator/rotation';

/** A rotation and who is in it. */
export interface Team {
  readonly rotationId: string;
  readonly members: readonly string[];
  readonly claim?: ClaimPolicy;
}

/** Registers the members, creates the rotation and enrols them, in this order. */
export async function setUpTeam(handler: CommandHandler, team: Team): Promise<void> {
  const rotationId = team.rotationId as RotationId;
  const decide = async (decision: ConfigurationCommand['decide']) => {
    const outcome = await handler.handle({
      context: { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:set-up' },
      decide: decision,
    });
    if (isRejected(outcome)) throw new Error(`set-up refused: ${outcome.code} ${JSON.stringify(outcome.facts)}`);
  };
  for (const member of team.members) {
    const userId = member as UserId;
    await decide((distribution, at) => registerUser(distribution, { userId, email: `${member}@example.com` }, at));
  }
  const settings = team.claim === undefined ? {} : { claim: team.claim };
  await decide((distribution, at) => createRotation(distribution, { rotationId, name: team.rotationId, settings }, at));
  for (const user of team.members) {
    await decide((distribution, at) => addMember(distribution, { rotationId, user }, at));
  }
}

import { isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  changeOrganization,
  changeRotation,
  type Distribution,
  publishRules,
  switchRotation,
} from '@lead-rotator/rotation';
import { one, type SimulatedCommand } from '../run/commands.ts';
import { faultOf } from '../run/fault-of.ts';
import type { Simulation } from '../run/simulation.ts';
import type { Change } from './parse-change.ts';

/**
 * Makes the change at the present time, by the commands of the services; to `created` alone, if a rotation comes up
 * only now.
 * @throws ScenarioFault for what these refuse.
 */
export function makeChange(simulation: Simulation, change: Change, created?: RotationId): void {
  const { distribution } = simulation.world;
  const commands = created === undefined ? commandsOf(distribution, change) : ofRotation(distribution, change, created);
  for (const [path, decide] of commands) {
    const result = simulation.run(one({ decide }));
    if (isRejected(result)) throw faultOf(namesIn(distribution, change), path, result);
  }
}

type Decide = Extract<SimulatedCommand, { leadId?: undefined; decide: unknown }>['decide'];

type Placed = Generator<readonly [path: string, decide: Decide]>;

/** Each command with the place in the file that it comes from. */
function* commandsOf(distribution: Distribution, change: Change): Placed {
  yield ['', (stand, at) => changeOrganization(stand, change.organization, at)];
  for (const id of change.rotations.keys()) {
    if (distribution.rotations.get(id) !== undefined) yield* ofRotation(distribution, change, id);
  }
  const { rules } = change;
  if (rules !== undefined) yield ['rules', (stand, at) => publishRules(stand, rules, at)];
}

function* ofRotation(distribution: Distribution, { rotations }: Change, id: RotationId): Placed {
  const other = rotations.get(id);
  if (other === undefined) return;
  const { on, settings, members } = other;
  const path = placeOf(rotations, id);
  yield [path, (stand, at) => changeRotation(stand, id, settings, at)];
  if (on !== undefined) yield [path, (stand, at) => switchRotation(stand, id, on, at)];
  for (const [place, member] of members.entries()) {
    const userId = (distribution.findUser(member.user)?.id ?? member.user) as UserId;
    const given = { rotationId: id, settings: member.settings };
    const isMember = distribution.rotations.get(id)?.member(userId) !== undefined;
    yield [
      `${path}.members[${place}]`,
      (stand, at) =>
        isMember ? changeMember(stand, { ...given, userId }, at) : addMember(stand, { ...given, user: userId }, at),
    ];
  }
}

const placeOf = (rotations: Change['rotations'], id: RotationId): string =>
  `rotations[${[...rotations.keys()].indexOf(id)}]`;

/** @throws ScenarioFault if the change is about a rotation that there never was. */
export function checkRotations({ distribution }: Simulation['world'], change: Change): void {
  for (const rotationId of change.rotations.keys()) {
    if (distribution.rotations.get(rotationId) !== undefined) continue;
    const refusal = new Rejection('unknown-rotation', { rotationId });
    throw faultOf(namesIn(distribution, change), placeOf(change.rotations, rotationId), refusal);
  }
}

const namesIn = ({ roster, users, rotationIds }: Distribution, { content }: Change) => ({
  content,
  place: 'the log',
  users: roster.map((userId) => ({ user: { userId, email: users.get(userId)?.email ?? '' } })),
  rotations: rotationIds.map((id) => ({ id })),
});

/** An event of the configuration without what the change has set otherwise; undefined if nothing is left of it. */
export function withoutChanged(
  event: LeadRotatorEvent,
  change: Change,
  distribution: Distribution,
): LeadRotatorEvent | undefined {
  if (event.type === 'RulesPublished') return change.rules === undefined ? event : undefined;
  if (event.type === 'OrganizationSettingsChanged') return without(event, Object.keys(change.organization));
  if (!('rotationId' in event.data) || event.data.rotationId === undefined) return event;
  const { rotationId } = event.data;
  const other = change.rotations.get(rotationId);
  const rotation = distribution.rotations.get(rotationId);
  switch (event.type) {
    case 'StrategyChanged':
      return other?.settings.strategy === undefined ? event : undefined;
    case 'DefaultCapsChanged':
      return other?.settings.caps === undefined ? event : undefined;
    case 'ClaimPolicyChanged':
      return other?.settings.claim === undefined ? event : undefined;
    case 'RotationSwitchedOn':
    case 'RotationSwitchedOff':
      return other?.on === undefined ? event : undefined;
    case 'RotationPolicyChanged':
      return without(event, Object.keys(other?.settings ?? {}));
    case 'MemberSettingsChanged': {
      const { userId } = event.data;
      const names = (user: string) => distribution.findUser(user)?.id === userId;
      return other?.members.some(({ user }) => names(user)) ? undefined : event;
    }
    case 'MemberAdded': {
      if (rotation === undefined || rotation.member(event.data.userId) !== undefined) return undefined;
      const place = Math.min(event.data.place, rotation.list.length + 1);
      return { ...event, data: { ...event.data, place } };
    }
    case 'MemberMoved': {
      const place = Math.min(event.data.place, rotation?.list.length ?? 1);
      return { ...event, data: { ...event.data, place } };
    }
    default:
      return event;
  }
}

function without(event: LeadRotatorEvent, fields: readonly string[]): LeadRotatorEvent {
  const data = Object.entries(event.data).filter(([name]) => !fields.includes(name));
  return { ...event, data: Object.fromEntries(data) } as LeadRotatorEvent;
}

import { unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEventType } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { Rotation } from './rotation.ts';

/** The events that change a rotation or who takes part in it. */
export const rotationEventTypes = [
  'RotationCreated',
  'RotationRenamed',
  'RotationSwitchedOn',
  'RotationSwitchedOff',
  'StrategyChanged',
  'DefaultCapsChanged',
  'ClaimPolicyChanged',
  'RotationPolicyChanged',
  'MemberAdded',
  'MemberSettingsChanged',
  'MemberRemoved',
  'MemberMoved',
  'MemberPaused',
  'MemberResumed',
  'MemberCredited',
] as const satisfies readonly LeadRotatorEventType[];

export type RotationEvent = EventOfType<(typeof rotationEventTypes)[number]>;

/** Rotations, their settings and their members. */
export function evolveRotations(distribution: Distribution, event: RotationEvent): void {
  if (event.type === 'RotationCreated') {
    const { rotationId, name, on, settings } = event.data;
    distribution.putRotation(new Rotation(rotationId, name, on, settings));
    return;
  }
  const rotation = distribution.rotations.edit(event.data.rotationId);
  if (rotation === undefined) return;
  if ('userId' in event.data) evolveMembers(distribution, rotation, event as MemberEvent);
  else evolveSettings(rotation, event as SettingsEvent);
}

type MemberEvent = Extract<RotationEvent, { type: `Member${string}` }>;
type SettingsEvent = Exclude<RotationEvent, MemberEvent | { type: 'RotationCreated' }>;

function evolveSettings(rotation: Rotation, event: SettingsEvent): void {
  switch (event.type) {
    case 'RotationRenamed':
      rotation.name = event.data.name;
      return;
    case 'RotationSwitchedOn':
      rotation.on = true;
      return;
    case 'RotationSwitchedOff':
      rotation.on = false;
      return;
    case 'StrategyChanged': {
      const before = rotation.strategy.type;
      rotation.settings = { ...rotation.settings, strategy: event.data.strategy };
      if (before !== event.data.strategy.type) rotation.beginStrategy();
      return;
    }
    case 'DefaultCapsChanged':
      rotation.settings = { ...rotation.settings, caps: event.data.caps };
      return;
    case 'ClaimPolicyChanged': {
      const { claim: _, ...rest } = rotation.settings;
      rotation.settings = event.data.claim === undefined ? rest : { ...rest, claim: event.data.claim };
      return;
    }
    case 'RotationPolicyChanged': {
      const { rotationId: _id, at: _at, unset = [], ...policies } = event.data;
      const settings = { ...rotation.settings, ...policies };
      for (const policy of unset) delete settings[policy];
      rotation.settings = settings;
      return;
    }
    default:
      unreachable(event);
  }
}

function evolveMembers(distribution: Distribution, rotation: Rotation, event: MemberEvent): void {
  if (event.type === 'MemberAdded') {
    const person = distribution.personOf(event.data.userId);
    if (person !== undefined) rotation.add(person, event.data.settings, event.data.place - 1);
    return;
  }
  const member = rotation.edit(event.data.userId);
  if (member === undefined) return;
  switch (event.type) {
    case 'MemberSettingsChanged':
      rotation.change(member, event.data.settings);
      return;
    case 'MemberRemoved':
      rotation.remove(member);
      return;
    case 'MemberMoved':
      rotation.move(member, event.data.place - 1);
      return;
    case 'MemberPaused':
      member.paused = true;
      return;
    case 'MemberResumed':
      member.paused = false;
      member.misses = 0;
      return;
    case 'MemberCredited':
      member.credit += event.data.by;
      return;
    default:
      unreachable(event);
  }
}

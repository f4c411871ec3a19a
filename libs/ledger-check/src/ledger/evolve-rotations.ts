import { unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent, RemovablePolicy, RotationSettings } from '@lead-rotator/lead-events';
import { MemberRecord } from './member-record.ts';
import { type OrganizationLedger, timeIn } from './organization-ledger.ts';
import { RotationRecord } from './rotation-record.ts';

type SettingsEvent = Extract<
  LeadRotatorEvent,
  { type: `Rotation${string}` | 'StrategyChanged' | 'DefaultCapsChanged' | 'ClaimPolicyChanged' }
>;
type MemberEvent = Extract<LeadRotatorEvent, { type: `Member${string}` }>;

export function evolveRotations(ledger: OrganizationLedger, event: SettingsEvent): void {
  if (event.type === 'RotationCreated') {
    const { rotationId, on, settings } = event.data;
    const created = new RotationRecord(rotationId, on, settings);
    ledger.rotations.set(rotationId, created);
    change(created, settings);
    return;
  }
  const rotation = ledger.rotations.get(event.data.rotationId);
  if (rotation === undefined) return;
  switch (event.type) {
    case 'RotationRenamed':
      return;
    case 'RotationSwitchedOn':
      rotation.on = true;
      return;
    case 'RotationSwitchedOff':
      rotation.on = false;
      return;
    case 'StrategyChanged': {
      const before = rotation.strategy;
      change(rotation, { strategy: event.data.strategy });
      if (rotation.strategy === before) return;
      rotation.line.formAnew();
      rotation.extras = [];
      return;
    }
    case 'DefaultCapsChanged':
      change(rotation, { caps: event.data.caps });
      return;
    case 'ClaimPolicyChanged': {
      const { claim: _, ...others } = rotation.settings;
      rotation.settings = event.data.claim === undefined ? others : { ...others, claim: event.data.claim };
      return;
    }
    case 'RotationPolicyChanged': {
      const { rotationId: _id, at: _at, unset = [], ...policies } = event.data;
      change(rotation, policies);
      takeBack(rotation, unset);
      return;
    }
    default:
      unreachable(event);
  }
}

function change(rotation: RotationRecord, settings: RotationSettings): void {
  rotation.settings = { ...rotation.settings, ...settings };
  if (settings.timeZone !== undefined) rotation.time = timeIn(settings.timeZone);
}

function takeBack(rotation: RotationRecord, policies: readonly RemovablePolicy[]): void {
  rotation.settings = { ...rotation.settings };
  for (const policy of policies) delete rotation.settings[policy];
  if (policies.includes('timeZone')) rotation.time = undefined;
}

export function evolveMembers(ledger: OrganizationLedger, event: MemberEvent): void {
  const rotation = ledger.rotations.get(event.data.rotationId);
  if (rotation === undefined) return;
  if (event.type === 'MemberAdded') {
    add(ledger, rotation, event.data);
    return;
  }
  const member = rotation.line.find(event.data.userId);
  if (member === undefined) return;
  switch (event.type) {
    case 'MemberSettingsChanged':
      member.settings = event.data.settings;
      if (event.data.settings.filter !== undefined) ledger.hasFilters = true;
      return;
    case 'MemberRemoved':
      rotation.line.remove(member);
      rotation.extras = rotation.extras.filter((owed) => owed !== member);
      rotation.former.set(member.userId, member);
      return;
    case 'MemberMoved':
      rotation.line.move(member, event.data.place);
      return;
    case 'MemberPaused':
      member.paused = true;
      return;
    case 'MemberResumed':
      member.paused = false;
      return;
    case 'MemberCredited':
      return;
    default:
      unreachable(event);
  }
}

function add(ledger: OrganizationLedger, rotation: RotationRecord, data: EventOfType<'MemberAdded'>['data']): void {
  const member = new MemberRecord(data.userId, data.settings);
  member.turns = rotation.former.get(data.userId)?.turns ?? member.turns;
  rotation.former.delete(data.userId);
  rotation.line.add(member, data.place);
  if (data.settings.filter !== undefined) ledger.hasFilters = true;
}

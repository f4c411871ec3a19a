import { unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { type OrganizationLedger, timeIn } from './organization-ledger.ts';
import { UserRecord } from './user-record.ts';
import { WorkingHours } from './working-hours.ts';

type UserEvent = Extract<LeadRotatorEvent, { type: `User${string}` }>;
type Profile = Extract<LeadRotatorEvent, { type: 'UserProfileChanged' }>['data'];

export function evolveUsers(ledger: OrganizationLedger, event: UserEvent): void {
  const user = ledger.users.get(event.data.userId) ?? new UserRecord(event.data.userId);
  ledger.users.set(user.userId, user);
  switch (event.type) {
    case 'UserRegistered':
    case 'UserProfileChanged':
      changeProfile(user, event.data);
      return;
    case 'UserDeactivated':
      user.active = false;
      return;
    case 'UserActivated':
      user.active = true;
      return;
    case 'UserSwitchedOn':
      user.switchedOn = true;
      return;
    case 'UserSwitchedOff':
      user.switchedOn = false;
      return;
    case 'UserAwayPlanned':
      user.away = [...user.away, { from: event.data.from, to: event.data.to }];
      return;
    case 'UserMoved':
      return;
    default:
      unreachable(event);
  }
}

function changeProfile(user: UserRecord, profile: Profile): void {
  for (const taken of profile.unset ?? []) {
    if (taken === 'timeZone') user.time = undefined;
    if (taken === 'hours') user.hours = undefined;
  }
  if (profile.timeZone !== undefined) user.time = timeIn(profile.timeZone);
  if (profile.hours !== undefined) user.hours = new WorkingHours(profile.hours);
  user.away = profile.away ?? user.away;
  user.caps = profile.caps ?? user.caps;
  user.maxOpen = profile.maxOpen ?? user.maxOpen;
  user.attributes = profile.attributes ?? user.attributes;
}

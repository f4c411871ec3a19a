import type { LeadRotatorEvent, RotationId, RotationSettings } from '@lead-rotator/lead-events';
import { removablePolicies } from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  changeRotation,
  Distribution,
  evolveDistribution,
  type Member,
  moveMember,
  pauseMember,
  type Rotation,
  removeMember,
  renameRotation,
  resumeMember,
  type SettingsChange,
  switchRotation,
} from '@lead-rotator/rotation';
import { type Decide, inTurn, under } from '../distribution/in-turn.ts';

/** A rotation as these changes have made it; of its members those who are known. Undefined before it was created. */
export function rotationAfter(
  changes: readonly LeadRotatorEvent[],
  rotationId: RotationId,
  { users }: Distribution,
): Rotation | undefined {
  const past = new Distribution();
  for (const change of changes) {
    const user = change.type === 'MemberAdded' ? users.get(change.data.userId) : undefined;
    if (user !== undefined) past.putUser(user);
    evolveDistribution(past, change);
  }
  return past.rotations.get(rotationId);
}

/**
 * Makes a rotation what it was: name, switch, settings, members, their settings and their order. By the decisions that
 * a person could take one by one, all or none. What was sent and credited is a record and stays.
 */
export function restoreRotation(rotationId: RotationId, past: Rotation): Decide {
  return (distribution, at) => {
    const present = distribution.rotations.get(rotationId);
    const change = present === undefined ? {} : settingsBack(present.settings, past.settings);
    const gone = (present?.list ?? []).filter(({ userId }) => past.member(userId) === undefined);
    const steps: Decide[] = [
      (state, now) => renameRotation(state, rotationId, past.name, now),
      (state, now) => (Object.keys(change).length === 0 ? [] : changeRotation(state, rotationId, change, now)),
      (state, now) => switchRotation(state, rotationId, past.on, now),
      ...gone.map(
        ({ userId }): Decide =>
          (state, now) =>
            removeMember(state, { rotationId, userId }, now),
      ),
      ...past.list.map((member) => under(`members.${member.userId}`, memberBack(rotationId, member))),
    ];
    return inTurn(...steps)(distribution, at);
  };
}

/** A member at the place they had; those in front of them are there already. */
function memberBack(rotationId: RotationId, past: Member): Decide {
  const { userId } = past;
  const one = { rotationId, userId };
  const place = past.place + 1;
  const settings = withoutPaused(past.settings);
  const enrol: Decide = (state, now) => {
    const member = state.rotations.get(rotationId)?.member(userId);
    if (member === undefined) return addMember(state, { rotationId, user: userId, place, settings }, now);
    if (isSame(withoutPaused(member.settings), settings)) return [];
    return changeMember(state, { ...one, settings }, now);
  };
  return inTurn(
    enrol,
    (state, now) => moveMember(state, { ...one, place }, now),
    (state, now) => {
      if (state.rotations.get(rotationId)?.member(userId)?.paused === past.paused) return [];
      return past.paused ? pauseMember(state, one, now) : resumeMember(state, one, now);
    },
  );
}

/** What settings mean that are not there, where that can be said. */
const unsaid: RotationSettings = {
  strategy: { type: 'round-robin' },
  caps: {},
  whenNobody: 'unassigned',
  makeUp: 'none',
  enrol: 'anyone',
  refund: false,
};

/** The change of settings that leads back. */
function settingsBack(present: RotationSettings, past: RotationSettings): SettingsChange {
  const wanted = { ...unsaid, ...past };
  const now = { ...unsaid, ...present };
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(value, now[name as keyof RotationSettings]));
  const unset = removablePolicies.filter((policy) => past[policy] === undefined && present[policy] !== undefined);
  return {
    ...Object.fromEntries(changed),
    ...(past.claim === undefined && present.claim !== undefined ? { claim: null } : {}),
    ...(unset.length > 0 ? { unset } : {}),
  };
}

function withoutPaused<Settings extends { paused?: boolean }>({ paused: _, ...settings }: Settings) {
  return settings;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

import type {
  ClaimPolicy,
  Condition,
  Fallback,
  MemberSettings,
  RotationId,
  Strategy,
  UserId,
} from '@lead-rotator/lead-events';
import type { SettingsChange } from '@lead-rotator/rotation';
import { nearestWord } from '@lead-rotator/rotation';
import { ScenarioFault } from './fault.ts';
import {
  duration,
  entriesOf,
  listOf,
  mapOf,
  number,
  oneOf,
  optional,
  type Read,
  shape,
  text,
  textOr,
  whole,
  yes,
} from './read.ts';
import { caps } from './read-people.ts';

const rotationId: Read<RotationId> = (value, path) => text(value, path) as RotationId;
const userId: Read<UserId> = (value, path) => text(value, path) as UserId;
/** Conditions are checked by the domain, which knows the fields. */
const condition: Read<Condition> = (value, path) => {
  entriesOf(value, path);
  return value as Condition;
};

const words =
  <const Word extends string, Value>(list: readonly Word[], ofMap: Read<Value>, maps: string): Read<Word | Value> =>
  (value, path) => {
    if (typeof value === 'object' && value !== null) return ofMap(value, path);
    if (list.includes(value as Word)) return value as Word;
    throw new ScenarioFault(path, value, `${list.join(', ')}${maps}`, nearestWord(String(value), list));
  };

const fallback: Read<Fallback> = (value, path) => {
  const read = shape({ rotation: optional(rotationId), user: optional(userId), queue: optional(rotationId) })(
    value,
    path,
  );
  if (Object.keys(read).length === 1) return read as Fallback;
  throw new ScenarioFault(path, value, 'one of { rotation: … }, { user: … }, { queue: … }');
};

/** Not written as a property: an object with a `then` is taken for a promise. */
const fallbacks = Object.fromEntries([['then', optional(listOf(fallback))]]);

const strategies: Record<Strategy['type'], (value: unknown, path: string) => object> = {
  'round-robin': shape({ type: text }),
  'longest-waiting': shape({ type: text, scope: optional(oneOf('rotation', 'organization')) }),
  random: shape({ type: text, seed: optional(whole()), noRepeat: optional(yes) }),
  weighted: shape({ type: text }),
  'priority-tier': shape({ type: text, order: optional(oneOf('interleaved', 'in-a-row')) }),
  'fewest-open': shape({ type: text, by: optional(oneOf('count', 'share')) }),
  'fewest-assigned': shape({ type: text, period: optional(oneOf('day', 'week', 'month', 'ever')) }),
  predictive: shape({
    type: text,
    seed: optional(whole()),
    guard: optional(number),
    segment: optional(listOf(text)),
  }),
  'first-to-claim': shape({ type: text, offerFor: duration, ...fallbacks }),
  'queue-hidden': shape({ type: text }),
  'queue-preview': shape({ type: text, previewFields: optional(listOf(text)) }),
  manual: shape({ type: text, assignee: optional(userId) }),
};
const types = Object.keys(strategies) as Strategy['type'][];

const strategy: Read<Strategy> = (value, path) => {
  const asMap = typeof value === 'string' ? { type: value } : Object.fromEntries(entriesOf(value, path));
  const type = oneOf(...types)(asMap.type, typeof value === 'string' ? path : `${path}.type`);
  const { then: otherwise, ...read } = strategies[type](asMap, path) as Record<string, unknown>;
  const seed = type === 'random' || type === 'predictive' ? { seed: 0 } : {};
  return { ...seed, ...read, ...(otherwise === undefined ? {} : { otherwise }) } as unknown as Strategy;
};

const readClaim = shape({
  within: duration,
  clock: optional(oneOf('wall', 'team-hours', 'member-hours')),
  calendar: optional(text),
  pauses: optional(listOf(shape({ days: text, from: text, to: text }))),
  counts: optional(listOf(text)),
  onMiss: optional(words(['reassign', 'notify', 'unassign'], shape({ queue: rotationId }), ', { queue: … }')),
  maxReassignments: optional(whole(0)),
  whenExhausted: optional(
    words(
      ['keep', 'start-over', 'unassigned'],
      (value, path) => {
        const read = shape({ backup: optional(userId), queue: optional(rotationId) })(value, path);
        if (Object.keys(read).length === 1) return read as { backup: UserId } | { queue: RotationId };
        throw new ScenarioFault(path, value, '{ backup: … } or { queue: … }');
      },
      ', { backup: … }, { queue: … }',
    ),
  ),
  warnBefore: optional(duration),
  pauseAfterMisses: optional(whole(0)),
});
const claim: Read<ClaimPolicy> = (value, path) => readClaim(value, path) as ClaimPolicy;

const memberFields = {
  weight: optional<number>((value, path) => {
    const percent = typeof value === 'string' ? /^(\d+(?:\.\d+)?)%$/.exec(value) : null;
    return percent === null ? number(value, path) : Number(percent[1]);
  }),
  leadsPerCycle: optional(whole()),
  caps: optional(caps),
  filter: optional(condition),
  paused: optional(yes),
};
const wholeMember = shape({ user: text, ...memberFields });

export interface ScenarioMember {
  readonly user: string;
  readonly settings: MemberSettings;
}

const asMember = ({ user, ...settings }: ReturnType<typeof wholeMember>): ScenarioMember => ({ user, settings });
const readMember = textOr<ScenarioMember>(
  (user) => ({ user, settings: {} }),
  (value, path) => asMember(wholeMember(value, path)),
);

/** The step `add`: a member, where to, and any setting of theirs. */
const added = shape({ rotation: rotationId, user: text, at: optional(whole()), ...memberFields });
export const readAdd: Read<ScenarioMember & { rotation: RotationId; place?: number }> = (value, path) => {
  const { rotation, at, ...member } = added(value, path);
  return { rotation, ...(at === undefined ? {} : { place: at }), ...asMember(member) };
};

const settingsFields = {
  owner: optional(userId),
  strategy: optional(strategy),
  timeZone: optional(text),
  caps: optional(caps),
  whenNobody: optional(
    words(['unassigned', 'hold', 'owner', 'ignore-availability'], shape({ backup: userId }), ', { backup: … }'),
  ),
  makeUp: optional(oneOf('none', 'one', 'all')),
  enrol: optional(oneOf('anyone', 'team', 'downline', 'team-or-downline')),
  refund: optional(yes),
  pickUp: optional(mapOf(listOf(text))),
};
const wholeRotation = shape({
  id: rotationId,
  on: optional(yes),
  members: optional(listOf(readMember)),
  claim: optional(claim),
  ...settingsFields,
});

export interface ScenarioRotation {
  readonly id: RotationId;
  readonly on: boolean;
  readonly members: readonly ScenarioMember[];
  readonly settings: SettingsChange;
}

export const readRotation: Read<ScenarioRotation> = (value, path) => {
  const { id, on = true, members = [], ...settings } = wholeRotation(value, path);
  return { id, on, members, settings: asSettings(settings) };
};

const claimOrNone: Read<ClaimPolicy | null> = (value, path) => (value === null ? null : claim(value, path));

const changed = shape({ rotation: rotationId, claim: optional(claimOrNone), ...settingsFields });
/** The step `change`: any setting of a rotation; `claim: null` ends the policy. */
export const readChange: Read<{ rotation: RotationId; settings: SettingsChange }> = (value, path) => {
  const { rotation, ...settings } = changed(value, path);
  return { rotation, settings: asSettings(settings) };
};

const otherwise = shape({
  id: rotationId,
  on: optional(yes),
  members: optional(listOf(readMember)),
  claim: optional(claimOrNone),
  ...settingsFields,
});
/** A rotation as it would be in a what-if: what is not named stays as it was; `claim: null` is no policy. */
export const readOtherRotation: Read<Omit<ScenarioRotation, 'on'> & { on?: boolean }> = (value, path) => {
  const { id, on, members = [], ...settings } = otherwise(value, path);
  return { id, members, ...(on === undefined ? {} : { on }), settings: asSettings(settings) };
};

function asSettings<Settings extends { owner?: UserId }>(read: Settings): SettingsChange {
  const { owner, ...settings } = read;
  return { ...settings, ...(owner === undefined ? {} : { ownerId: owner }) } as SettingsChange;
}

export const readCondition = condition;

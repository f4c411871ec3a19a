import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type {
  LeadRotatorEvent,
  RemovablePolicy,
  RotationId,
  RotationSettings,
  UserId,
} from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid, type RefusalCode } from '../refusal.ts';
import { faultsOfSettings } from './check-rotation.ts';

type Result = readonly LeadRotatorEvent[] | Rejection<RefusalCode>;

/** A rotation to be: `by` is the user who creates it and, if nothing else is said, owns it. */
export interface NewRotation {
  readonly rotationId: RotationId;
  readonly name: string;
  readonly on?: boolean;
  readonly settings?: RotationSettings;
  readonly by?: UserId;
  /** Rotations that are created together with it, to which its settings may refer. */
  readonly together?: readonly RotationId[];
}

const iso = (at: EpochMilliseconds): string => new Date(at).toISOString();

/** Admins, and users on the complete plan, may create rotations, and own those they create; others are `not-allowed`. */
export function createRotation(distribution: Distribution, rotation: NewRotation, at: EpochMilliseconds): Result {
  const { rotationId, name, on = true, by } = rotation;
  if (distribution.rotations.get(rotationId) !== undefined) return invalid('rotationId', `${rotationId} exists`);
  const creator = by === undefined ? undefined : distribution.users.get(by);
  if (by !== undefined && creator === undefined) return new Rejection('unknown-user', { userId: by });
  if (creator !== undefined && creator.plan !== 'complete' && !creator.roles.includes('admin')) {
    return new Rejection('not-allowed', { userId: by, needs: 'an admin, or a user on the plan complete' });
  }
  const settings = { ...(by === undefined ? {} : { ownerId: by }), ...rotation.settings };
  return (
    faultsOfSettings(distribution, rotationId, settings, rotation.together) ?? [
      { type: 'RotationCreated', data: { rotationId, name, on, settings, at: iso(at) } },
    ]
  );
}

export function renameRotation(
  distribution: Distribution,
  rotationId: RotationId,
  name: string,
  at: EpochMilliseconds,
): Result {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  return rotation.name === name ? [] : [{ type: 'RotationRenamed', data: { rotationId, name, at: iso(at) } }];
}

/** On: the strategy gives out the leads. Off: number one on the roster has them. */
export function switchRotation(
  distribution: Distribution,
  rotationId: RotationId,
  on: boolean,
  at: EpochMilliseconds,
): Result {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  if (rotation.on === on) return [];
  return [{ type: on ? 'RotationSwitchedOn' : 'RotationSwitchedOff', data: { rotationId, at: iso(at) } }];
}

/** A change of settings: what is named becomes new; `claim: null` ends the claim policy, `unset` takes others back. */
export type SettingsChange = Omit<RotationSettings, 'claim'> & {
  readonly claim?: RotationSettings['claim'] | null;
  readonly unset?: readonly RemovablePolicy[];
};

/** Each part of the settings has an event of its own, so that one can see in the log what was changed. */
export function changeRotation(
  distribution: Distribution,
  rotationId: RotationId,
  change: SettingsChange,
  at: EpochMilliseconds,
): Result {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  const { strategy, caps, claim, unset = [], ...policies } = change;
  const { claim: _, ...present } = rotation.settings;
  for (const policy of unset) delete present[policy];
  const fault = faultsOfSettings(distribution, rotationId, {
    ...present,
    ...policies,
    ...(strategy === undefined ? {} : { strategy }),
    ...(caps === undefined ? {} : { caps }),
    ...(claim ? { claim } : {}),
  });
  if (fault !== undefined) return fault;
  const when = iso(at);
  const events: LeadRotatorEvent[] = [];
  if (strategy !== undefined) events.push({ type: 'StrategyChanged', data: { rotationId, strategy, at: when } });
  if (caps !== undefined) events.push({ type: 'DefaultCapsChanged', data: { rotationId, caps, at: when } });
  if (claim !== undefined) {
    events.push({ type: 'ClaimPolicyChanged', data: { rotationId, ...(claim ? { claim } : {}), at: when } });
  }
  if (Object.keys(policies).length + unset.length > 0) {
    const taken = unset.length === 0 ? {} : { unset: [...unset] };
    events.push({ type: 'RotationPolicyChanged', data: { rotationId, ...policies, ...taken, at: when } });
  }
  return events;
}

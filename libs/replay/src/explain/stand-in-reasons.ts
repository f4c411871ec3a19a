import { rulesOf } from '@lead-rotator/claim';
import type { LeadRotatorEvent, UserId, Why } from '@lead-rotator/lead-events';
import type { Distribution, Rotation } from '@lead-rotator/rotation';
import { namesIn } from './names.ts';

/** The owner is not who the setting names, since number one on the roster stands in for somebody inactive: one sentence. */
export function standInReasons({ data }: LeadRotatorEvent, distribution: Distribution): string[] {
  if (!('why' in data) || !('ownerId' in data)) return [];
  const rotation = 'rotationId' in data && data.rotationId ? distribution.rotations.get(data.rotationId) : undefined;
  const named = namedFor(data.why, distribution, rotation);
  if (named === undefined || named === data.ownerId || distribution.isActive(named)) return [];
  return [`${namesIn(distribution).user(named)} is named for it and inactive: number one on the roster stands in.`];
}

/** Whom the rule or the rotation names for the case. */
function namedFor(
  { reason, step, rule }: Why,
  distribution: Distribution,
  rotation: Rotation | undefined,
): UserId | undefined {
  switch (reason) {
    case 'rotation-owner':
    case 'rotation-empty':
      return rotation?.settings.ownerId;
    case 'manual':
      return rotation?.strategy.type === 'manual' ? rotation.strategy.assignee : undefined;
    case 'backup':
      return backupIn(step === 'missed' ? rotation?.claim?.whenExhausted : rotation?.settings.whenNobody);
    case 'number-one':
      return userOfRule(distribution, rule);
    default:
      return undefined;
  }
}

const backupIn = (setting: string | object | undefined): UserId | undefined =>
  typeof setting === 'object' && 'backup' in setting ? (setting.backup as UserId) : undefined;

function userOfRule(distribution: Distribution, ruleId: string | undefined): UserId | undefined {
  const to = rulesOf(distribution).rules.find(({ id }) => id === ruleId)?.to;
  return typeof to === 'object' && 'user' in to ? to.user : undefined;
}

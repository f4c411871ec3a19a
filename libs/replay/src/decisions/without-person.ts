import { rulesOf, type Scene } from '@lead-rotator/claim';
import type { Condition, LeadRotatorEvent, Rule, UserId, Why } from '@lead-rotator/lead-events';
import { type Distribution, evolveDistribution, forkDistribution, learnsByPerson } from '@lead-rotator/rotation';
import { looksAtPerson } from '../personal-data.ts';

const never: Condition = { any: [] };

/**
 * Scenes in which what was erased has come out as the recorded decision says: the rule that decided held, those before
 * it did not; a filter did not hold where a member was passed over for it. Of the members of whom nothing is recorded
 * the filters hold in the first scene, and in the second they do not. No scenes if nobody ever asked for what was erased.
 */
export function scenesWithoutPerson(scene: Scene, recorded: readonly LeadRotatorEvent[]): Scene[] {
  const rules = rulesAsRecorded(scene.distribution, whyOf(recorded));
  const facts = factsAsRecorded(scene, recorded);
  const filtered = filteredIn(recorded);
  const asks = hasPersonalFilter(scene.distribution);
  const segments = segmentsAsRecorded(scene, recorded);
  if (rules === undefined && facts === undefined && !asks && segments.length === 0) return [];
  const segmented = segments.length === 0 ? [{}] : segments.map((segment) => ({ segment }));
  return (asks ? [true, false] : [true]).flatMap((unknownHold) => {
    const distribution = forkDistribution(scene.distribution);
    if (rules !== undefined) distribution.ruleSet = { version: rulesOf(distribution).version, rules };
    if (asks) answerFilters(distribution, filtered, unknownHold);
    return segmented.map((segment) => ({
      ...scene,
      distribution,
      lead: { ...scene.lead, facts: { ...(facts ?? scene.lead.facts), ...segment } },
    }));
  });
}

const whyOf = (recorded: readonly LeadRotatorEvent[]): Why | undefined =>
  recorded.flatMap(({ data }) => ('why' in data ? [data.why] : []))[0];

function rulesAsRecorded(distribution: Distribution, why: Why | undefined): readonly Rule[] | undefined {
  const { rules } = rulesOf(distribution);
  const isGone = ({ when }: Rule) => when !== undefined && looksAtPerson(when, distribution.territories);
  if (why?.step !== 'rules' || !rules.some(isGone)) return undefined;
  return rules.map((rule) => {
    if (!isGone(rule)) return rule;
    return rule.id === why.rule ? { id: rule.id, to: rule.to } : { ...rule, when: never };
  });
}

/** The owner that an attribute of the lead has named. */
function factsAsRecorded({ distribution, lead }: Scene, recorded: readonly LeadRotatorEvent[]) {
  const why = whyOf(recorded);
  if (why?.reason !== 'field') return undefined;
  const rule = rulesOf(distribution).rules.find(({ id }) => id === why.rule);
  const owner = recorded.flatMap(({ data }) => ('ownerId' in data ? [data.ownerId] : []))[0];
  if (rule === undefined || typeof rule.to !== 'object' || !('field' in rule.to)) return undefined;
  const name = rule.to.field.replace(/^attributes\./, '');
  return { ...lead.facts, attributes: { [name]: owner, [rule.to.field]: owner } };
}

/**
 * Segments that the lead can have been of, where the rotation learns by what is gone: the one that its outcome names;
 * for a turn any of those that the rotation knows, or one that it knows nothing of.
 */
function segmentsAsRecorded({ distribution }: Scene, recorded: readonly LeadRotatorEvent[]): string[] {
  const [named] = recorded.flatMap(({ data }) => ('segment' in data ? (data.segment ?? []) : []));
  if (named !== undefined) return [named];
  const turned = recorded.flatMap(({ data }) => ('turn' in data && data.turn?.candidates ? data : []))[0];
  const rotation = turned?.rotationId === undefined ? undefined : distribution.rotations.get(turned.rotationId);
  if (rotation === undefined || !learnsByPerson(rotation)) return [];
  return [...new Set(['', ...rotation.list.flatMap(({ outcomes }) => [...outcomes.keys()])])];
}

function filteredIn(recorded: readonly LeadRotatorEvent[]): ReadonlySet<UserId> {
  const passed = recorded.flatMap(({ data }) => {
    const turn = 'turn' in data ? data.turn : undefined;
    return turn?.passedOver ?? ('passedOver' in data ? (data.passedOver ?? []) : []);
  });
  return new Set(passed.filter(({ reason }) => reason === 'filtered').map(({ userId }) => userId));
}

function* personalFilters(distribution: Distribution) {
  for (const rotationId of distribution.rotationIds) {
    for (const member of distribution.rotations.get(rotationId)?.list ?? []) {
      const { filter } = member.settings;
      if (filter !== undefined && looksAtPerson(filter, distribution.territories)) yield { rotationId, member };
    }
  }
}

const hasPersonalFilter = (distribution: Distribution): boolean => !personalFilters(distribution).next().done;

function answerFilters(fork: Distribution, filtered: ReadonlySet<UserId>, unknownHold: boolean): void {
  const chosen = [...personalFilters(fork)];
  for (const { rotationId, member } of chosen) {
    const { filter: _, ...settings } = member.settings;
    const holds = unknownHold && !filtered.has(member.userId);
    const data = {
      rotationId,
      userId: member.userId,
      settings: holds ? settings : { ...settings, filter: never },
      at: '',
    };
    evolveDistribution(fork, { type: 'MemberSettingsChanged', data });
  }
}

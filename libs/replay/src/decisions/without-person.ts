import { rulesOf, type Scene } from '@lead-rotator/claim';
import type { Condition, LeadRotatorEvent, Rule, UserId, Why } from '@lead-rotator/lead-events';
import { type Distribution, evolveDistribution, forkDistribution } from '@lead-rotator/rotation';
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
  if (rules === undefined && facts === undefined && !asks) return [];
  return (asks ? [true, false] : [true]).map((unknownHold) => {
    const distribution = forkDistribution(scene.distribution);
    if (rules !== undefined) distribution.ruleSet = { version: rulesOf(distribution).version, rules };
    if (asks) answerFilters(distribution, filtered, unknownHold);
    return { ...scene, distribution, lead: { ...scene.lead, facts: facts ?? scene.lead.facts } };
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

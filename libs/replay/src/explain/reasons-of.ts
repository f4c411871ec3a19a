import { rulesOf } from '@lead-rotator/claim';
import type { Condition, LeadRotatorEvent, PassedOver, Rule, UserId, Why } from '@lead-rotator/lead-events';
import { type Distribution, holds, type LeadFacts } from '@lead-rotator/rotation';
import { looksAtPerson } from '../personal-data.ts';
import { conditionWords } from './condition-words.ts';
import { namesIn } from './names.ts';
import { standInReasons } from './stand-in-reasons.ts';

/** A set may have thousands of rules: so many that did not decide are named. */
const rulesNamed = 5;

/** What a decision was made from. */
export interface Circumstances {
  /** Users, rotations and rules of that moment. */
  readonly distribution: Distribution;
  readonly facts: LeadFacts;
  readonly erased: boolean;
}

/**
 * The rule that decided, those before it, for whom number one stands in, and the filters of the members who were passed
 * over: one sentence for each.
 */
export function reasonsOf(event: LeadRotatorEvent, circumstances: Circumstances): string[] {
  const { data } = event;
  const why = 'why' in data ? data.why : undefined;
  return [
    ...(why === undefined ? [] : ruleReasons(why, circumstances)),
    ...standInReasons(event, circumstances.distribution),
    ...filterReasons(event, circumstances),
  ];
}

function ruleReasons({ step, rule: ruleId, ruleSet }: Why, circumstances: Circumstances): string[] {
  const { version, rules } = rulesOf(circumstances.distribution);
  if (step !== 'rules' || ruleSet !== version) return [];
  const index = ruleId === undefined ? rules.length : rules.findIndex(({ id }) => id === ruleId);
  const rule = rules[index];
  const decided = rule === undefined ? [] : [heldSentence(rule, version, circumstances)];
  const before = rules.slice(0, Math.max(0, index));
  const more = before.length - rulesNamed;
  return [
    ...decided,
    ...before.slice(0, rulesNamed).map((one) => passedSentence(one, circumstances)),
    ...(more > 0 ? [`And ${more} more ${more === 1 ? 'rule' : 'rules'} before it.`] : []),
  ];
}

function heldSentence({ id, when }: Rule, version: number, circumstances: Circumstances): string {
  const named = `Rule ${id} of version ${version}`;
  if (when === undefined) return `${named} has no condition.`;
  return isGone(when, circumstances)
    ? `${named} held, as was recorded (the contact was erased): ${conditionWords(when)}.`
    : `${named} held: ${conditionWords(when, (part) => isHeld(part, circumstances))}.`;
}

function passedSentence({ id, when }: Rule, circumstances: Circumstances): string {
  if (when === undefined) return `Before it, rule ${id} named nobody.`;
  if (isGone(when, circumstances)) {
    return `Before it, rule ${id} did not decide, as was recorded (the contact was erased): ${conditionWords(when)}.`;
  }
  return isHeld(when, circumstances)
    ? `Before it, rule ${id} held and named nobody.`
    : `Before it, rule ${id} did not hold: ${conditionWords(when)}.`;
}

const isHeld = (condition: Condition, { distribution, facts }: Circumstances): boolean =>
  holds(distribution, condition, facts);

const isGone = (condition: Condition, { distribution, erased }: Circumstances): boolean =>
  erased && looksAtPerson(condition, distribution.territories);

function filterReasons({ data }: LeadRotatorEvent, { distribution }: Circumstances): string[] {
  const rotation = 'rotationId' in data && data.rotationId ? distribution.rotations.get(data.rotationId) : undefined;
  const names = namesIn(distribution);
  const filterOf = (userId: UserId) => rotation?.member(userId)?.settings.filter;
  return passedOverIn(data).flatMap(({ userId, reason }) => {
    const filter = reason === 'filtered' ? filterOf(userId) : undefined;
    return filter === undefined ? [] : [`${names.user(userId)} takes leads for which: ${conditionWords(filter)}.`];
  });
}

function passedOverIn(data: LeadRotatorEvent['data']): readonly PassedOver[] {
  const turn = 'turn' in data ? data.turn : undefined;
  return turn?.passedOver ?? ('passedOver' in data ? (data.passedOver ?? []) : []);
}

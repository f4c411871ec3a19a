import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Rule, Target, UserId } from '@lead-rotator/lead-events';
import { type Distribution, fieldOf, type LeadFacts } from '@lead-rotator/rotation';
import { giveOut } from './give-out.ts';
import { giveOutsideTurn, leaveToNobody, type Way } from './ownership.ts';
import { indexOf } from './rule-index.ts';
import type { Events, Scene } from './scene.ts';
import { enqueue } from './stand-in.ts';

/** The rules that an organization starts with; then its first rotation, and without any, number one on the roster. */
const firstRules: readonly Rule[] = [
  { id: 'site-owner', to: 'site-owner' },
  { id: 'page', to: 'page' },
];

const defaults = new Map<string | undefined, readonly Rule[]>();

/** The rules in force. */
export function rulesOf(distribution: Distribution): { version: number; rules: readonly Rule[] } {
  if (distribution.ruleSet !== undefined) return distribution.ruleSet;
  const rotation = distribution.rotationIds[0];
  const rules =
    defaults.get(rotation) ??
    (rotation === undefined ? firstRules : [...firstRules, { id: 'first-rotation', to: { rotation } }]);
  defaults.set(rotation, rules);
  return { version: 0, rules };
}

/** The first rule whose condition holds and whose target names somebody decides; if none does, number one on the roster. */
export function routeLead(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  const { version, rules } = rulesOf(distribution);
  const ofRules = indexOf(rules);
  for (const index of ofRules.candidates(lead.facts)) {
    if (ofRules.testAt(index)?.(distribution, lead.facts, undefined) === false) continue;
    const rule = rules[index] as Rule;
    const way: Way = { step: 'rules', rule: rule.id, ruleSet: version };
    const events = follow(scene, rule.to, way, at, index === rules.length - 1);
    if (events !== undefined) return events;
  }
  return giveToNumberOne(scene, { step: 'rules', ruleSet: version }, at);
}

/** What a target comes to; undefined if it names nobody. */
function follow(scene: Scene, target: Target, way: Way, at: EpochMilliseconds, isDefault: boolean): Events | undefined {
  const { distribution, lead } = scene;
  if (target === 'unassigned') return leaveToNobody(scene, { why: { ...way, reason: 'unassigned' } }, at);
  if (target === 'site-owner') {
    const owner = lead.facts.site === undefined ? undefined : distribution.ownerOfSite(lead.facts.site);
    return giveToActive(scene, owner, 'site-owner', way, at);
  }
  if (target === 'page') return followPage(scene, way, at);
  if ('user' in target) {
    const given = giveToActive(scene, target.user, 'user', way, at);
    return given === undefined && isDefault ? giveToNumberOne(scene, way, at) : given;
  }
  if ('field' in target) {
    const owner = ownerNamedBy(lead.facts, target.field);
    return giveToActive(scene, owner === undefined ? undefined : distribution.findUser(owner)?.id, 'field', way, at);
  }
  const rotation = distribution.rotations.get('queue' in target ? target.queue : target.rotation);
  if (rotation === undefined) return undefined;
  return 'queue' in target ? enqueue(scene, rotation, way, at) : giveOut(scene, rotation, way, at);
}

/** The leads of a personal page are those of its rotation, or of its owner if it has none. */
function followPage(scene: Scene, way: Way, at: EpochMilliseconds): Events | undefined {
  const { distribution, lead } = scene;
  const page = lead.facts.page === undefined ? undefined : distribution.pages.get(lead.facts.page);
  if (page === undefined) return undefined;
  const rotation = page.rotationId === undefined ? undefined : distribution.rotations.get(page.rotationId);
  if (rotation !== undefined) return giveOut(scene, rotation, way, at);
  return giveToActive(scene, page.ownerId, 'page-owner', way, at);
}

function giveToActive(
  scene: Scene,
  userId: UserId | undefined,
  reason: 'site-owner' | 'page-owner' | 'user' | 'field',
  way: Way,
  at: EpochMilliseconds,
): Events | undefined {
  if (!scene.distribution.isActive(userId)) return undefined;
  return giveOutsideTurn(scene, userId, { ...way, reason }, at);
}

function giveToNumberOne(scene: Scene, way: Way, at: EpochMilliseconds): Events {
  const userId = scene.distribution.numberOne();
  if (userId !== undefined) return giveOutsideTurn(scene, userId, { ...way, reason: 'number-one' }, at);
  return leaveToNobody(scene, { notice: 'nobody-eligible', why: { ...way, reason: 'nobody-eligible' } }, at);
}

/** A field of the lead, else its attribute of that name. */
function ownerNamedBy(lead: LeadFacts, field: string): string | undefined {
  const value = (field === 'owner' ? lead.owner : fieldOf(lead, field)) ?? lead.attributes?.[field];
  return typeof value === 'string' ? value : undefined;
}

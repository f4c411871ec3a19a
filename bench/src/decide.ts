import { parseArgs } from 'node:util';
import { assignLead, evolveLead, type LeadState } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type {
  ContactId,
  LeadId,
  LeadRotatorEvent,
  RotationId,
  RotationSettings,
  Rule,
  Strategy,
  UserId,
} from '@lead-rotator/lead-events';
import {
  addMember,
  createRotation,
  Distribution,
  evolveDistribution,
  forkDistribution,
  publishRules,
  registerUser,
} from '@lead-rotator/rotation';
import { formatSpread, spreadOf } from './figures.ts';
import { describeProcessor } from './machine.ts';

const rotationId = 'web' as RotationId;
const target = { rotation: rotationId };
const began = Date.UTC(2026, 0, 5, 9);
/** Decisions on one fork, as a router takes them. */
const batch = 500;
/** What a decision may cost among a thousand members, in µs. */
const atMost = 20;

const strategies: readonly Strategy[] = [
  { type: 'round-robin' },
  { type: 'longest-waiting' },
  { type: 'random', seed: 7 },
  { type: 'weighted' },
  { type: 'priority-tier' },
  { type: 'fewest-open' },
  { type: 'fewest-assigned' },
  { type: 'predictive', seed: 7 },
];
/** Those that take no turn as the lead comes. */
const withoutTurn: readonly Strategy[] = [
  { type: 'first-to-claim', offerFor: 300_000 },
  { type: 'queue-hidden' },
  { type: 'queue-preview', previewFields: ['source', 'country'] },
  { type: 'manual' },
];
/** What is decided of a lead that does not go to somebody at once. */
const decisionOf: Partial<Record<Strategy['type'], LeadRotatorEvent['type']>> = {
  'first-to-claim': 'LeadOffered',
  'queue-hidden': 'LeadLeftUnassigned',
  'queue-preview': 'LeadLeftUnassigned',
};

/**
 * Whole decisions, without a log: the rules, eligibility, caps, the turn and its deadline, and evolving it twice, on
 * the fork and in the state below. In CPU time of the process, so that others at work on the machine count for little.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      decisions: { type: 'string', default: '100000' },
      runs: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
    },
  });
  const runs = Number(values.runs);
  const decisions = Number(values.decisions);
  const named = (name: string) => name.includes(values.only);
  console.log(describeProcessor());
  console.log(`µs of CPU time for a whole decision; ${runs} runs of ${decisions} (of 10,000 members a fifth)`);
  warmUp();
  let right = true;
  for (const strategy of [...strategies, ...withoutTurn].filter(({ type }) => named(type))) {
    const medians: number[] = [];
    for (const members of [10, 100, 1_000, 10_000]) {
      const count = members > 1_000 ? decisions / 5 : decisions;
      const costs = Array.from({ length: runs }, () => {
        const distribution = team(members, strategy);
        const { cost, decided } = costOf(distribution, count);
        right &&= isRight(distribution, strategy, decided, count);
        return cost;
      });
      const spread = spreadOf(costs);
      medians.push(spread.median);
      if (members === 1_000) right &&= spread.median <= atMost;
      const rate = Math.floor(1e6 / spread.median).toLocaleString('en');
      console.log(`${strategy.type}, ${members} members: ${formatSpread(spread, 1)} (${rate} decisions/s)`);
    }
    console.log(`${strategy.type} with ten times the members: ${growthOf(medians)}`);
  }
  const medians: number[] = [];
  for (const rules of named('rules') ? [10, 100, 1_000] : []) {
    const costs = Array.from({ length: runs }, () => {
      const distribution = team(100, { type: 'round-robin' }, rules);
      const { cost, decided } = costOf(distribution, decisions);
      right &&= isRight(distribution, { type: 'round-robin' }, decided, decisions);
      return cost;
    });
    medians.push(spreadOf(costs).median);
    console.log(`${rules} rules, the last of which holds: ${formatSpread(spreadOf(costs), 1)}`);
  }
  if (medians.length > 0) console.log(`with ten times the rules: ${growthOf(medians)}`);
  if (named('size')) {
    const costs = Array.from({ length: runs }, () => costAtSize(decisions));
    console.log(`1,000 rotations, 100,000 users, 1,000 rules: ${formatSpread(spreadOf(costs), 1)}`);
  }
  console.log(
    `check: every lead was decided once, the strategies that share evenly are even, and ${atMost} µs are enough among 1,000 members: ${right}`,
  );
  return right;
}

/** How many times as much each figure is as the one before. */
function growthOf(figures: readonly number[]): string {
  const times = figures.slice(1).map((figure, index) => `× ${(figure / (figures[index] as number)).toFixed(1)}`);
  return `${times.join(', then ')} the cost`;
}

function take(distribution: Distribution, events: ReturnType<typeof registerUser>): void {
  if (isRejected(events)) throw new Error(`set-up refused: ${events.code} ${JSON.stringify(events.facts)}`);
  for (const event of events) evolveDistribution(distribution, event);
}

/** Every strategy once, before the clock runs: what is measured is compiled for all of them. */
function warmUp(): void {
  for (const strategy of [...strategies, ...strategies]) costOf(team(100, strategy, 10), 5_000);
}

/** How often an event of each type was decided. */
type Decided = ReadonlyMap<LeadRotatorEvent['type'], number>;

/** µs of CPU time for each of so many decisions, and what was decided. */
function costOf(
  distribution: Distribution,
  count: number,
  sourceOf = (_: number) => 'facebook',
): { readonly cost: number; readonly decided: Decided } {
  const leads = Array.from({ length: count }, (_, lead) => captured(lead, sourceOf(lead)));
  const start = process.cpuUsage();
  const decided = decideAll(distribution, leads);
  const { user, system } = process.cpuUsage(start);
  return { cost: (user + system) / count, decided };
}

function decideAll(distribution: Distribution, leads: readonly LeadState[]): Decided {
  const counts = new Map<LeadRotatorEvent['type'], number>();
  for (let from = 0; from < leads.length; from += batch) {
    const fork = forkDistribution(distribution);
    const decided: LeadRotatorEvent[] = [];
    for (const lead of leads.slice(from, from + batch)) {
      for (const event of assignLead({ distribution: fork, lead, related: [] }, began + from)) {
        evolveDistribution(fork, event);
        decided.push(event);
        counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
      }
    }
    for (const event of decided) evolveDistribution(distribution, event);
  }
  return counts;
}

/** An organization as large as one gets: each rotation has a hundred of the users, each source a rule and a rotation. */
function costAtSize(decisions: number): number {
  const distribution = new Distribution();
  const number = (id: string, index: number) => `${id}-${index}`;
  for (let index = 0; index < 100_000; index += 1) {
    const userId = number('user', index) as UserId;
    take(distribution, registerUser(distribution, { userId, email: `${userId}@example.com` }, began));
  }
  for (let index = 0; index < 1_000; index += 1) {
    const strategy = strategies[index % strategies.length] as Strategy;
    const own = number('rotation', index) as RotationId;
    const settings: RotationSettings = { strategy, claim: { within: 900_000 }, caps: { daily: 1_000_000 } };
    take(distribution, createRotation(distribution, { rotationId: own, name: 'One', settings }, began));
    for (let member = 0; member < 100; member += 1) {
      take(
        distribution,
        addMember(distribution, { rotationId: own, user: number('user', index * 100 + member) }, began),
      );
    }
  }
  const rules = Array.from(
    { length: 1_000 },
    (_, index): Rule => ({
      id: number('rule', index),
      ...(index === 999 ? {} : { when: { field: 'source', is: number('source', index) } }),
      to: { rotation: number('rotation', index) as RotationId },
    }),
  );
  take(distribution, publishRules(distribution, rules, began));
  return costOf(distribution, decisions, (index) => number('source', (index * 7) % 1_000)).cost;
}

/** A rotation with caps that nobody reaches and a window to claim. */
function team(members: number, strategy: Strategy, rules = 0): Distribution {
  const distribution = new Distribution();
  const ids = Array.from({ length: members }, (_, number) => `member-${number}` as UserId);
  for (const userId of ids)
    take(distribution, registerUser(distribution, { userId, email: `${userId}@example.com` }, began));
  const settings: RotationSettings = { strategy, claim: { within: 900_000 }, caps: { daily: 1_000_000 } };
  take(distribution, createRotation(distribution, { rotationId, name: 'Web', settings }, began));
  for (const user of ids) take(distribution, addMember(distribution, { rotationId, user }, began));
  if (rules > 0) take(distribution, publishRules(distribution, ruleSet(rules), began));
  return distribution;
}

/** As sellers of leads ask for them: nine in ten by source or country, the others by a pattern. None of them holds. */
function ruleSet(count: number): Rule[] {
  const rules = Array.from({ length: count - 1 }, (_, number): Rule => {
    const source = { field: 'source', in: [`seller-${number}`, `partner-${number}`] };
    const page = { field: 'page', matches: `*/offer-${number}/*` };
    const inNorth = { all: [source, { field: 'country', in: ['DE', 'AT'] }, { field: 'postcode', startsWith: '2' }] };
    return { id: `rule-${number}`, when: number % 10 === 0 ? page : number % 2 === 0 ? source : inNorth, to: target };
  });
  return [...rules, { id: 'rest', to: target }];
}

function captured(number: number, source: string): LeadState {
  const at = new Date(began).toISOString();
  const lead = evolveLead(undefined, {
    type: 'LeadCaptured',
    data: {
      leadId: `lead-${number}` as LeadId,
      source,
      page: 'https://acme.example/landing/spring',
      country: 'DE',
      postcode: 'X20095',
      sourceLeadId: `${number}`,
      contactIds: [`contact-${number}` as ContactId],
      status: 'new',
      receivedAt: at,
      person: {},
      at,
    },
  });
  if (lead === undefined) throw new Error('a captured lead is a lead');
  return lead;
}

/** One decision of its kind for each lead. Where chance, or what was learned, decides, turns are not shared evenly. */
function isRight(distribution: Distribution, { type }: Strategy, decided: Decided, expected: number): boolean {
  if (decided.get(decisionOf[type] ?? 'LeadAssigned') !== expected) return false;
  if (withoutTurn.some((strategy) => strategy.type === type)) return true;
  const rotation = distribution.rotations.get(rotationId);
  const sent = rotation?.list.map(({ userId }) => rotation.sentTo(userId)) ?? [];
  const total = sent.reduce((sum, count) => sum + count, 0);
  if (total !== expected) return false;
  return type === 'random' || type === 'predictive' || Math.max(...sent) - Math.min(...sent) <= 1;
}

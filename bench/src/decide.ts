import { parseArgs } from 'node:util';
import { assignLead, evolveLead, type LeadState } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import {
  addMember,
  createRotation,
  Distribution,
  evolveDistribution,
  forkDistribution,
  registerUser,
} from '@lead-rotator/rotation';
import { formatSpread, spreadOf } from './figures.ts';

const rotationId = 'web' as RotationId;
const began = Date.UTC(2026, 0, 5, 9);
/** Decisions on one fork, as a router takes them. */
const batch = 500;

/** Whole decisions, without a log: the way of a lead, eligibility, caps, the turn and its deadline, and evolving it. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { decisions: { type: 'string', default: '400000' }, runs: { type: 'string', default: '5' } },
  });
  const decisions = Number(values.decisions);
  let right = true;
  for (const members of [10, 100, 1_000, 10_000]) {
    const count = members > 1_000 ? decisions / 10 : decisions;
    const rates: number[] = [];
    for (let number = 0; number < Number(values.runs); number += 1) {
      const distribution = team(members);
      const leads = Array.from({ length: count }, (_, lead) => captured(lead));
      const start = performance.now();
      decideAll(distribution, leads);
      rates.push((count * 1_000) / (performance.now() - start));
      right &&= isFair(distribution, count);
    }
    console.log(`round robin, ${members} members: ${formatSpread(spreadOf(rates), 0)} decisions/s`);
  }
  console.log(`check: every lead was sent to one member, and no two members differ by more than one: ${right}`);
  return right;
}

function decideAll(distribution: Distribution, leads: readonly LeadState[]): void {
  for (let from = 0; from < leads.length; from += batch) {
    const fork = forkDistribution(distribution);
    const decided: LeadRotatorEvent[] = [];
    for (const lead of leads.slice(from, from + batch)) {
      for (const event of assignLead({ distribution: fork, lead, related: [] }, began + from)) {
        evolveDistribution(fork, event);
        decided.push(event);
      }
    }
    for (const event of decided) evolveDistribution(distribution, event);
  }
}

/** A rotation with caps that nobody reaches and a window to claim. */
function team(members: number): Distribution {
  const distribution = new Distribution();
  const take = (events: ReturnType<typeof registerUser>) => {
    if (isRejected(events)) throw new Error(`set-up refused: ${events.code}`);
    for (const event of events) evolveDistribution(distribution, event);
  };
  const ids = Array.from({ length: members }, (_, number) => `member-${number}` as UserId);
  for (const userId of ids) take(registerUser(distribution, { userId, email: `${userId}@example.com` }, began));
  const settings = { claim: { within: 900_000 }, caps: { daily: 1_000_000 } };
  take(createRotation(distribution, { rotationId, name: 'Web', settings }, began));
  for (const user of ids) take(addMember(distribution, { rotationId, user }, began));
  return distribution;
}

function captured(number: number): LeadState {
  const at = new Date(began).toISOString();
  const lead = evolveLead(undefined, {
    type: 'LeadCaptured',
    data: {
      leadId: `lead-${number}` as LeadId,
      source: 'facebook',
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

function isFair(distribution: Distribution, expected: number): boolean {
  const rotation = distribution.rotations.get(rotationId);
  const sent = rotation?.list.map(({ userId }) => rotation.sentTo(userId)) ?? [];
  const total = sent.reduce((sum, count) => sum + count, 0);
  return total === expected && Math.max(...sent) - Math.min(...sent) <= 1;
}

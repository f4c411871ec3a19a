import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { dueOutsidePauses, Pauses } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  createRotation,
  Distribution,
  evolveDistribution,
  pauseMember,
  registerUser,
  takeTurn,
  zoneOf,
} from '@lead-rotator/rotation';
import { tableRows } from './tables.ts';

const page = readFileSync(new URL('../../reference/distribution.md', import.meta.url), 'utf8');
const web = 'web' as RotationId;
const at = Date.parse('2026-01-05T09:00:00Z');

describe('the examples of the rules', () => {
  it.each(tableRows(page, 'round-robin', 'line'))(
    'the line %s, where %s: %s is served, and then it is %s',
    (...row) => {
      const [line = '', troubles = '', served, afterwards] = row;
      const distribution = lineOf(line.split(' '), troubles);
      expect(serveOne(distribution) ?? 'nobody').toBe(served);
      expect(
        distribution.rotations
          .get(web)
          ?.inLine()
          .map(({ userId }) => userId),
      ).toEqual(afterwards?.split(' '));
    },
  );

  it.each(tableRows(page, 'Pauses', '`within`'))('%s after %s is due on %s', (within, turn, due) => {
    const pauses = new Pauses([{ days: 'mon-sun', from: '20:00', to: '08:00' }], zoneOf('UTC'));
    const [, hours, minutes] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(within ?? '') ?? [];
    const window = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    expect(dueOutsidePauses(pauses, window, instantOf(turn))).toBe(instantOf(due));
  });
});

/** `Tue 08:45` of the week that begins on 5 January 2026. */
function instantOf(text = ''): number {
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].indexOf(text.slice(0, 3));
  return Date.parse(`2026-01-0${5 + day}T${text.slice(4)}:00Z`);
}

/** A rotation with these members, some of them `paused` or `filtered`: `ann is paused, bob is filtered`. */
function lineOf(members: readonly string[], troubles: string): Distribution {
  const distribution = new Distribution();
  const apply = (decision: ReturnType<typeof addMember>) => {
    if (isRejected(decision)) throw new Error(decision.code);
    for (const event of decision) evolveDistribution(distribution, event as LeadRotatorEvent);
  };
  for (const member of members) {
    apply(registerUser(distribution, { userId: member as UserId, email: `${member}@example.com` }, at));
  }
  apply(createRotation(distribution, { rotationId: web, name: 'Web' }, at));
  for (const user of members) apply(addMember(distribution, { rotationId: web, user }, at));
  for (const user of members) {
    const member = { rotationId: web, userId: user as UserId };
    const filter = { field: 'source', is: 'nowhere' };
    if (troubles.includes(`${user} is filtered`))
      apply(changeMember(distribution, { ...member, settings: { filter } }, at));
    if (troubles.includes(`${user} is paused`) || troubles.startsWith('all are paused')) {
      apply(pauseMember(distribution, member, at));
    }
  }
  return distribution;
}

function serveOne(distribution: Distribution): UserId | undefined {
  const rotation = distribution.rotations.get(web);
  if (rotation === undefined) throw new Error('there is no rotation');
  const facts = { leadId: 'L1' as LeadId, source: 'form', status: 'new', receivedAt: at };
  const taken = takeTurn(distribution, rotation, { facts, declined: [], had: [] }, at);
  if (taken.userId === undefined) return undefined;
  const { userId: ownerId, turn } = taken;
  const data = { leadId: facts.leadId, contactIds: [], ownerId, rotationId: web, turn, at: new Date(at).toISOString() };
  evolveDistribution(distribution, { type: 'LeadAssigned', data: { ...data, why: { step: 'rules', reason: 'turn' } } });
  return ownerId;
}

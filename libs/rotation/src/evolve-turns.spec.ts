import { describe, expect, it } from '@jest/globals';
import { type Decision, isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import { addMember, removeMember } from './commands/change-members.ts';
import { createRotation } from './commands/change-rotations.ts';
import { registerUser } from './commands/change-users.ts';
import { Distribution } from './distribution.ts';
import { evolveDistribution } from './evolve-distribution.ts';

const rotationId = 'web' as RotationId;
const ann = 'ann' as UserId;
const nine = Date.parse('2026-01-05T09:00:00Z');
const at = '2026-01-05T09:10:00.000Z';

/** Ann, who was served at nine and has left the rotation since. */
function afterLeaving(): { distribution: Distribution; comesBack(): ReturnType<typeof memberNow> } {
  const distribution = new Distribution();
  const take = (events: Decision<LeadRotatorEvent, string>): void => {
    if (isRejected(events)) throw new Error(events.code);
    for (const event of events) evolveDistribution(distribution, event);
  };
  take(registerUser(distribution, { userId: ann, email: 'ann@acme.example' }, nine));
  take(createRotation(distribution, { rotationId, name: 'Web', settings: {} }, nine));
  take(addMember(distribution, { rotationId, user: ann }, nine));
  const turn = { number: 1, strategy: 'round-robin' as const, passedOver: [] };
  const lead = { leadId: 'L1' as LeadId, contactIds: [], ownerId: ann, rotationId, at: new Date(nine).toISOString() };
  const why = { step: 'rules', ruleSet: 1, reason: 'turn' } as const;
  evolveDistribution(distribution, { type: 'LeadAssigned', data: { ...lead, turn, why } });
  take(removeMember(distribution, { rotationId, userId: ann }, nine));
  const comesBack = () => {
    take(addMember(distribution, { rotationId, user: ann }, nine));
    return memberNow(distribution);
  };
  return { distribution, comesBack };
}

function memberNow(distribution: Distribution) {
  const member = distribution.rotations.get(rotationId)?.member(ann);
  const windows = distribution.zone(undefined).windowsAt(Date.parse(at));
  return {
    sent: member?.counts.total,
    capped: member?.counts.reached({ daily: 1 }, windows),
    outcomes: [...(member?.outcomes ?? [])],
  };
}

const lead = { leadId: 'L1' as LeadId, rotationId, at };
const refunded: LeadRotatorEvent = {
  type: 'TurnRefunded',
  data: { ...lead, userId: ann, turnAt: new Date(nine).toISOString() },
};
const won: LeadRotatorEvent = {
  type: 'LeadWon',
  data: { ...lead, contactIds: [], ownerId: ann, source: 'shop', segment: 'shop' },
};
/** As the log gives it, decided by deciders of a version. */
const recorded = (event: LeadRotatorEvent, decider?: number): LeadRotatorEvent =>
  Object.assign({}, event, { position: 7, decider });

describe('what comes of a turn of somebody who has left the rotation', () => {
  it('stays as it was when nothing comes of it', () => {
    expect(afterLeaving().comesBack()).toEqual({ sent: 1, capped: 'capped-daily', outcomes: [] });
  });

  it.each([refunded, recorded(refunded, 4)])('a refund counts when they return', (event) => {
    const { distribution, comesBack } = afterLeaving();
    evolveDistribution(distribution, event);
    expect(comesBack()).toEqual({ sent: 1, capped: undefined, outcomes: [] });
  });

  it.each([won, recorded(won, 4)])('what was won is known when they return', (event) => {
    const { distribution, comesBack } = afterLeaving();
    evolveDistribution(distribution, event);
    expect(comesBack().outcomes).toEqual([['shop', { won: 1, lost: 0 }]]);
  });

  it.each([recorded(refunded), recorded(won, 3)])(
    'was lost by deciders up to version 3, as a replay finds it',
    (event) => {
      const { distribution, comesBack } = afterLeaving();
      evolveDistribution(distribution, event);
      expect(comesBack()).toEqual({ sent: 1, capped: 'capped-daily', outcomes: [] });
    },
  );
});

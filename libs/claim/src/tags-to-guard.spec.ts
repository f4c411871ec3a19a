import { describe, expect, it } from '@jest/globals';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent, RotationId, Strategy, UserId } from '@lead-rotator/lead-events';
import { addMember, createRotation, Distribution, evolveDistribution, registerUser } from '@lead-rotator/rotation';
import { assignLead } from './assign-lead.ts';
import { evolveLead, type LeadState } from './lead-state.ts';
import { tagsToGuard } from './tags-to-guard.ts';

const at = Date.parse('2026-01-05T09:00:00Z');
const when = new Date(at).toISOString();

function organization(strategy: Strategy, maxOpen = 0): Distribution {
  const distribution = new Distribution();
  const take = (result: readonly LeadRotatorEvent[] | Rejection) => {
    if (isRejected(result)) throw new Error(result.code);
    for (const event of result) evolveDistribution(distribution, event);
  };
  take(registerUser(distribution, { userId: 'ann' as UserId, email: 'ann@example.com', maxOpen }, at));
  for (const rotationId of ['web', 'late'] as RotationId[]) {
    take(createRotation(distribution, { rotationId, name: 'Web', settings: { strategy } }, at));
    take(addMember(distribution, { rotationId, user: 'ann' }, at));
  }
  return distribution;
}

function captured(leadId: string, contact: string): LeadState {
  const data = {
    leadId: leadId as LeadId,
    source: 'web',
    sourceLeadId: leadId,
    contactIds: [contact as ContactId],
    status: 'new',
    receivedAt: when,
    person: {},
    at: when,
  };
  return evolveLead(undefined, { type: 'LeadCaptured', data }) as LeadState;
}

const tagsOf = (distribution: Distribution, related: LeadState[] = []) => {
  const scene = { distribution, lead: captured('L1', 'kim'), related };
  return tagsToGuard(scene, assignLead(scene, at)).sort();
};

describe('the guard of a decision', () => {
  it('names the configuration, the lead, its contacts and the rotation whose line was seen, and no other', () => {
    expect(tagsOf(organization({ type: 'round-robin' }))).toEqual([
      'configuration',
      'contact:kim',
      'lead:L1',
      'rotation:web',
    ]);
  });

  it.each<[string, Strategy, number]>([
    ['the strategy counts open leads', { type: 'fewest-open' }, 0],
    ['the strategy looks at the turns of all rotations', { type: 'longest-waiting', scope: 'organization' }, 0],
    ['somebody has a capacity', { type: 'round-robin' }, 3],
  ])('names the ownership of all leads in place of the rotation if %s', (_name, strategy, maxOpen) => {
    expect(tagsOf(organization(strategy, maxOpen))).toEqual(['configuration', 'contact:kim', 'lead:L1', 'ownership']);
  });

  it('names a lead that follows, but not one that merely shares the contact', () => {
    const follower = { ...captured('L2', 'kim'), follows: 'L1' as LeadId };
    const other = captured('L3', 'kim');
    const tags = tagsOf(organization({ type: 'round-robin' }), [follower, other]);
    expect(tags).toContain('lead:L2');
    expect(tags).not.toContain('lead:L3');
  });
});

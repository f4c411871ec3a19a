import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { minute, Story } from './story.ts';

const quarter = 15 * minute;
const lead = (id: string) => ({ leadId: id as LeadId, contactIds: [] });
const pat = { userId: 'pat' as UserId };
const eveOf = (rotation: string) => ({ rotationId: rotation as RotationId, userId: 'eve' as UserId });

/**
 * A log in which everything is right, with something of all that the checks look at. Monday, from nine o'clock UTC.
 * `web` must be claimed within 15 minutes, `slow` need not, `spread` has another strategy and caps.
 */
export function cleanStory(): Story {
  const story = new Story(Date.parse('2026-01-05T09:00:00Z'));
  story
    .user('ann')
    .user('bob', { hours: { 'mon-fri': '09:00-17:00' } })
    .user('eve')
    .user('pat')
    .user('dan');
  story.add('UserDeactivated', { userId: 'dan' as UserId });
  story.rotation('web', ['ann', 'bob', 'eve'], { claim: { within: quarter } });
  story.rotation('slow', ['ann', 'bob', 'eve'], { timeZone: 'Europe/Berlin' });
  story.rotation('spread', ['ann', 'bob', 'eve'], { strategy: { type: 'fewest-assigned' }, caps: { daily: 1 } });
  story.rotation('queue', ['pat'], { strategy: { type: 'queue-hidden' } });
  story.rotation('quick', ['ann', 'bob'], { strategy: { type: 'first-to-claim', offerFor: quarter } });
  claimsAndMisses(story.wait(minute));
  passingOver(story.wait(minute));
  waiting(story.wait(minute));
  return story.wait(minute);
}

function claimsAndMisses(story: Story): void {
  const due = story.now + quarter;
  story.capture('L1').turn('L1', 'web', 'ann', { due });
  story.capture('L2').turn('L2', 'web', 'bob', { due }).act('L2', 'ann', { outcome: 'not-owner' });
  story.act('L2', 'bob').claim('L2', 'bob');
  story.capture('L3').turn('L3', 'web', 'eve', { due });
  story.add('LeadDeclined', { leadId: 'L3' as LeadId, ownerId: 'eve' as UserId, rotationId: 'web' as RotationId });
  story.turn('L3', 'web', 'ann', { from: 'eve', step: 'declined', due }).claim('L3', 'ann');
  story.wait(quarter).miss('L1', 'web', 'ann', due);
  story.turn('L1', 'web', 'bob', { from: 'ann', step: 'missed', due: story.now + quarter }).claim('L1', 'bob');
  story.add('LeadStatusChanged', { leadId: 'L1' as LeadId, status: 'contacted' });
  story.add('LeadWon', { ...lead('L1'), ownerId: 'bob' as UserId, source: 'web' });
}

function passingOver(story: Story): void {
  for (const [id, owner] of Object.entries({ S1: 'ann', S2: 'bob' })) story.capture(id).turn(id, 'slow', owner);
  story.add('MemberPaused', { ...eveOf('slow'), cause: 'by-hand' });
  story.capture('S3').turn('S3', 'slow', 'ann', { passedOver: [['eve', 'paused']] });
  story.add('MemberResumed', eveOf('slow')).add('MemberMoved', { ...eveOf('slow'), place: 1 });
  story.capture('S4').turn('S4', 'slow', 'bob');
  story.add('LeadHandedOver', {
    ...lead('S4'),
    previousOwnerId: 'bob' as UserId,
    ownerId: 'pat' as UserId,
    why: { step: 'by-hand', reason: 'given' },
  });
  story.add('MemberRemoved', { rotationId: 'slow' as RotationId, userId: 'bob' as UserId });
  story.add('MemberAdded', { rotationId: 'slow' as RotationId, ...pat, place: 3, settings: {} });
  // The list is eve, ann, pat. The line was eve, ann, with ann served before bob left: pat stands in front.
  story.capture('S5').turn('S5', 'slow', 'pat').capture('S6').turn('S6', 'slow', 'eve');
  const strategy = 'fewest-assigned';
  story.capture('C1').turn('C1', 'spread', 'ann', { strategy });
  story.capture('C2').turn('C2', 'spread', 'bob', { strategy, passedOver: [['ann', 'capped-daily']] });
  story.capture('K1').give('K1', 'ann');
}

function waiting(story: Story): void {
  story.add('MemberPaused', { ...eveOf('spread'), cause: 'by-hand' });
  const capped: ['ann' | 'bob', 'capped-daily'][] = [
    ['ann', 'capped-daily'],
    ['bob', 'capped-daily'],
  ];
  for (const id of ['W1', 'W2', 'W3']) {
    story.capture(id).leave(id, 'spread', [...capped, ['eve', 'paused']], id === 'W1' ? 'for-somebody' : 'for-pick-up');
  }
  const strategy = 'fewest-assigned';
  story.add('MemberResumed', eveOf('spread'));
  story.turn('W1', 'spread', 'eve', { strategy, step: 'waiting', passedOver: capped });
  const why = { step: 'picked-up', reason: 'queue' } as const;
  story.add('LeadPickedUp', { ...lead('W2'), ownerId: 'pat' as UserId, rotationId: 'queue' as RotationId, why });
  story.add('LeadRerouted', lead('W3')).turn('W3', 'slow', 'ann');
  story.capture('O1').add('LeadOffered', {
    ...lead('O1'),
    rotationId: 'quick' as RotationId,
    userIds: ['ann', 'bob'] as UserId[],
    until: story.iso(story.now + quarter),
    why: { step: 'rules', reason: 'offered' },
  });
  // Who was offered a lead may take it, though they are absent by then.
  const bob = { rotationId: 'quick' as RotationId, userId: 'bob' as UserId };
  story.add('MemberPaused', { ...bob, cause: 'by-hand' });
  story.turn('O1', 'quick', 'bob', { step: 'picked-up', strategy: 'first-to-claim' }).claim('O1', 'bob');
  story.add('MemberResumed', bob);
}

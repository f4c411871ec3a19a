import type { RotationId, UserId } from '@lead-rotator/lead-events';
import { changeOf } from './change-of.ts';
import type { PlantedFault } from './planted-fault.ts';
import { minute } from './story.ts';

const quarter = 15 * minute;
const turnOf = (before: Record<string, unknown>) => before.turn as Record<string, unknown>;

/** In who was given a lead, and who was passed over. */
export const plantedInTurns: readonly PlantedFault[] = [
  {
    what: 'an inactive user is given a lead',
    kind: 'owner-inactive',
    change: changeOf('LeadAssigned', 'K1', () => ({ ownerId: 'dan' })),
  },
  {
    what: 'a user nobody knows is given a lead',
    kind: 'owner-inactive',
    change: changeOf('LeadAssigned', 'K1', () => ({ ownerId: 'stranger' })),
  },
  {
    what: 'a member who was deactivated has a turn',
    kind: 'owner-inactive',
    append: (story) =>
      story
        .add('UserDeactivated', { userId: 'pat' as UserId })
        .capture('X1')
        .turn('X1', 'slow', 'pat'),
  },
  {
    what: 'somebody has a turn who is not a member',
    kind: 'owner-not-a-member',
    change: changeOf('LeadAssigned', 'W3', () => ({ ownerId: 'bob' })),
  },
  {
    what: 'a paused member has a turn',
    kind: 'owner-not-eligible',
    append: (story) => {
      story.add('MemberPaused', { rotationId: 'slow' as RotationId, userId: 'pat' as UserId, cause: 'by-hand' });
      story.capture('X1').turn('X1', 'slow', 'pat');
    },
  },
  {
    what: 'a member has a turn after hours',
    kind: 'owner-not-eligible',
    append: (story) =>
      story
        .wait(8 * 60 * minute)
        .capture('X1')
        .turn('X1', 'web', 'eve', { due: story.now + quarter })
        .claim('X1', 'eve')
        .capture('X2')
        .turn('X2', 'web', 'ann', { due: story.now + quarter })
        .claim('X2', 'ann')
        .capture('X3')
        .turn('X3', 'web', 'bob', { due: story.now + quarter })
        .claim('X3', 'bob'),
  },
  {
    what: 'a lead comes back to somebody who has had it',
    kind: 'owner-not-eligible',
    change: changeOf('LeadReassigned', 'L1', () => ({ ownerId: 'ann' })),
    also: ['claim-not-owner', 'turn-out-of-order'],
  },
  {
    what: 'a member has a turn whose cap is reached',
    kind: 'cap-passed',
    append: (story) => story.capture('X1').turn('X1', 'spread', 'ann', { strategy: 'fewest-assigned' }),
  },
  {
    what: 'a turn has a number of its own',
    kind: 'turn-number',
    change: changeOf('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), number: 12 } })),
  },
  {
    what: 'a turn names another strategy than the one in force',
    kind: 'turn-number',
    change: changeOf('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), strategy: 'random' } })),
  },
  {
    what: 'the second in line is served',
    kind: 'turn-out-of-order',
    change: changeOf('LeadAssigned', 'W3', () => ({ ownerId: 'pat' })),
  },
  {
    what: 'an extra turn is given that is not owed',
    kind: 'turn-out-of-order',
    change: changeOf('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), extra: true } })),
  },
  {
    what: 'a member who was there is passed over as away',
    kind: 'passed-over-wrongly',
    append: (story) => story.capture('X1').turn('X1', 'slow', 'eve', { passedOver: [['pat', 'away']] }),
    also: ['turn-out-of-order'],
  },
  {
    what: 'another reason is recorded than the one that holds',
    kind: 'passed-over-wrongly',
    change: changeOf('LeadAssigned', 'S3', (before) => ({
      turn: { ...turnOf(before), passedOver: [{ userId: 'eve', reason: 'away' }] },
    })),
  },
  {
    what: 'under another strategy, a member is passed over as capped who is not',
    kind: 'passed-over-wrongly',
    change: changeOf('LeadAssigned', 'C1', (before) => ({
      turn: { ...turnOf(before), passedOver: [{ userId: 'eve', reason: 'capped-daily' }] },
    })),
  },
  {
    what: 'a lead is left without an owner although somebody could have it',
    kind: 'left-though-eligible',
    append: (story) => story.capture('X1').leave('X1', 'slow', []),
  },
];

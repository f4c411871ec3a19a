import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { changeOf } from './change-of.ts';
import type { PlantedFault } from './planted-fault.ts';
import { minute } from './story.ts';

const leadId = (id: string) => id as LeadId;
const ann = 'ann' as UserId;
const bob = 'bob' as UserId;
const web = 'web' as RotationId;

/** In the log as such, and in what happens to a lead from its capture to its close. */
export const plantedInLives: readonly PlantedFault[] = [
  {
    what: 'an event is gone',
    kind: 'position-gap',
    change: (events) => events.filter(({ type }) => type !== 'LeadStatusChanged'),
  },
  {
    what: 'two events have one position',
    kind: 'position-gap',
    change: (events) => events.map((event) => ({ ...event, position: Math.max(event.position - 1, 3) })),
    also: ['position-gap'],
  },
  {
    what: 'an event of a lead is older than the one before it',
    kind: 'time-back',
    append: (story) =>
      story
        .wait(-3 * minute)
        .add('LeadStatusChanged', { leadId: leadId('S1'), status: 'old' })
        .wait(minute)
        .add('LeadStatusChanged', { leadId: leadId('K1'), status: 'old' }),
  },
  {
    what: 'a turn is older than the change of its rotation before it',
    kind: 'time-back',
    append: (story) => {
      story.wait(minute).add('RotationRenamed', { rotationId: 'slow' as RotationId, name: 'Slow' });
      story.wait(-minute).capture('T1').turn('T1', 'slow', 'pat');
    },
  },
  {
    what: 'an event of a type that is not known',
    kind: 'unknown-event',
    change: (events) =>
      events.map((event) => (event.type === 'LeadStatusChanged' ? { ...event, type: 'LeadCloned' } : event)),
  },
  {
    what: 'an event of a version that is not known',
    kind: 'unknown-event',
    change: (events) => events.map((event) => (event.type === 'LeadStatusChanged' ? { ...event, version: 9 } : event)),
  },
  {
    what: 'something happens to a lead that was never captured',
    kind: 'unknown-lead',
    append: (story) => story.add('LeadStatusChanged', { leadId: leadId('X1'), status: 'new' }),
  },
  { what: 'a lead is captured a second time', kind: 'captured-twice', append: (story) => story.capture('S1') },
  {
    what: 'a won lead is captured a second time',
    kind: 'captured-twice',
    append: (story) => story.capture('L1'),
    also: ['undecided'],
  },
  { what: 'a lead is captured and never decided', kind: 'undecided', append: (story) => story.capture('X1') },
  {
    what: 'a lead is rerouted and never decided',
    kind: 'undecided',
    append: (story) => {
      story
        .capture('X1')
        .leave('X1', 'queue', [])
        .add('LeadRerouted', { leadId: leadId('X1'), contactIds: [] });
    },
    also: ['left-though-eligible'],
  },
  { what: 'a lead is assigned twice', kind: 'decided-twice', append: (story) => story.give('S1', 'bob') },
  {
    what: 'a lead is assigned, and then left without an owner',
    kind: 'decided-twice',
    append: (story) => {
      story.add('LeadLeftUnassigned', {
        leadId: leadId('K1'),
        contactIds: [],
        why: { step: 'rules', reason: 'unassigned' },
      });
    },
  },
  {
    what: 'a lead that does not wait is given out as if it did',
    kind: 'decided-twice',
    append: (story) => {
      const why = { step: 'rules', reason: 'unassigned' } as const;
      story.capture('X1').add('LeadLeftUnassigned', { leadId: leadId('X1'), contactIds: [], why });
      story.give('X1', 'ann', 'waiting');
    },
  },
  {
    what: 'a lead is reassigned from somebody who did not have it',
    kind: 'two-owners',
    change: changeOf('LeadReassigned', 'L1', () => ({ previousOwnerId: 'eve' })),
  },
  {
    what: 'a lead is handed over by somebody who did not have it',
    kind: 'two-owners',
    change: changeOf('LeadHandedOver', 'S4', () => ({ previousOwnerId: 'eve' })),
  },
  {
    what: 'a lead is picked up that somebody has',
    kind: 'two-owners',
    append: (story) => {
      const why = { step: 'picked-up', reason: 'queue' } as const;
      story.add('LeadPickedUp', { leadId: leadId('S1'), contactIds: [], ownerId: bob, rotationId: web, why });
    },
  },
  {
    what: 'a won lead is handed over',
    kind: 'event-after-close',
    append: (story) => {
      const why = { step: 'by-hand', reason: 'given' } as const;
      story.add('LeadHandedOver', { leadId: leadId('L1'), contactIds: [], previousOwnerId: bob, ownerId: ann, why });
    },
  },
  {
    what: 'a won lead is claimed',
    kind: 'event-after-close',
    append: (story) => story.claim('L1', 'bob'),
  },
];

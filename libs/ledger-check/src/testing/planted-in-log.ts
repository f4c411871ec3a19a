import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEventType, RotationId, UserId } from '@lead-rotator/lead-events';
import type { FaultKind } from '../fault-kinds.ts';
import { minute, type Story } from './story.ts';

/** A fault put into a log in which everything else is right. */
export interface PlantedInLog {
  readonly what: string;
  readonly kind: FaultKind;
  /** Goes on writing behind the clean log. */
  readonly append?: (story: Story) => void;
  /** Changes what is written. */
  readonly change?: (events: RecordedEvent[]) => RecordedEvent[];
  /** The same fault is one of these kinds as well. */
  readonly also?: readonly FaultKind[];
}

const leadId = (id: string) => id as LeadId;
const ann = 'ann' as UserId;
const bob = 'bob' as UserId;
const web = 'web' as RotationId;
const quarter = 15 * minute;

/** Changes the data of the first event of a type about a lead. */
const change =
  (type: LeadRotatorEventType, lead: string, data: (before: Record<string, unknown>) => object) =>
  (events: RecordedEvent[]): RecordedEvent[] => {
    const index = events.findIndex((event) => event.type === type && about(event) === lead);
    const event = events[index] as RecordedEvent;
    const before = event.data as Record<string, unknown>;
    return events.with(index, { ...event, data: { ...before, ...data(before) } });
  };

const about = ({ data }: RecordedEvent): unknown => (data as Record<string, unknown>).leadId;
const turnOf = (before: Record<string, unknown>) => before.turn as Record<string, unknown>;

/** A lead of `web` that nobody works, from one who has it to the next. */
const unworked = (story: Story) => story.capture('D1').turn('D1', 'web', 'eve', { due: story.now + quarter });

export const plantedInLog: readonly PlantedInLog[] = [
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
    change: change('LeadReassigned', 'L1', () => ({ previousOwnerId: 'eve' })),
  },
  {
    what: 'a lead is handed over by somebody who did not have it',
    kind: 'two-owners',
    change: change('LeadHandedOver', 'S4', () => ({ previousOwnerId: 'eve' })),
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
  {
    what: 'an inactive user is given a lead',
    kind: 'owner-inactive',
    change: change('LeadAssigned', 'K1', () => ({ ownerId: 'dan' })),
  },
  {
    what: 'a user nobody knows is given a lead',
    kind: 'owner-inactive',
    change: change('LeadAssigned', 'K1', () => ({ ownerId: 'stranger' })),
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
    change: change('LeadAssigned', 'W3', () => ({ ownerId: 'bob' })),
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
    change: change('LeadReassigned', 'L1', () => ({ ownerId: 'ann' })),
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
    change: change('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), number: 12 } })),
  },
  {
    what: 'a turn names another strategy than the one in force',
    kind: 'turn-number',
    change: change('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), strategy: 'random' } })),
  },
  {
    what: 'the second in line is served',
    kind: 'turn-out-of-order',
    change: change('LeadAssigned', 'W3', () => ({ ownerId: 'pat' })),
  },
  {
    what: 'an extra turn is given that is not owed',
    kind: 'turn-out-of-order',
    change: change('LeadAssigned', 'W3', (before) => ({ turn: { ...turnOf(before), extra: true } })),
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
    change: change('LeadAssigned', 'S3', (before) => ({
      turn: { ...turnOf(before), passedOver: [{ userId: 'eve', reason: 'away' }] },
    })),
  },
  {
    what: 'under another strategy, a member is passed over as capped who is not',
    kind: 'passed-over-wrongly',
    change: change('LeadAssigned', 'C1', (before) => ({
      turn: { ...turnOf(before), passedOver: [{ userId: 'eve', reason: 'capped-daily' }] },
    })),
  },
  {
    what: 'a lead is left without an owner although somebody could have it',
    kind: 'left-though-eligible',
    append: (story) => story.capture('X1').leave('X1', 'slow', []),
  },
  {
    what: 'a deadline is shorter than the policy says',
    kind: 'due-wrong',
    change: change('LeadAssigned', 'L2', (before) => ({ due: before.at })),
  },
  {
    what: 'a lead outside the turn has a deadline',
    kind: 'due-wrong',
    change: change('LeadAssigned', 'K1', () => ({ due: '2027-01-01T00:00:00.000Z' })),
  },
  {
    what: 'a deadline fires early',
    kind: 'deadline-early',
    append: (story) => {
      const due = unworked(story).now + quarter;
      story.wait(quarter - 1).miss('D1', 'web', 'eve', due);
    },
  },
  {
    what: 'a deadline fires late',
    kind: 'deadline-late',
    append: (story) => {
      const due = unworked(story).now + quarter;
      story.wait(quarter + minute).miss('D1', 'web', 'eve', due);
    },
  },
  {
    what: 'a deadline fires twice',
    kind: 'deadline-twice',
    append: (story) => {
      const due = unworked(story).now + quarter;
      story.wait(quarter).miss('D1', 'web', 'eve', due).miss('D1', 'web', 'eve', due);
    },
  },
  {
    what: 'a deadline fires although the lead was claimed',
    kind: 'deadline-unfounded',
    append: (story) => {
      const due = unworked(story).now + quarter;
      story.claim('D1', 'eve').wait(quarter).miss('D1', 'web', 'eve', due);
    },
  },
  { what: 'a deadline never fires', kind: 'deadline-unfired', append: (story) => unworked(story) },
  {
    what: 'an offer never ends',
    kind: 'deadline-unfired',
    change: (events) =>
      events
        .filter(
          ({ type, data }) =>
            type === 'LeadOffered' || (data as { leadId?: string }).leadId !== 'O1' || type === 'LeadCaptured',
        )
        .map((event, index) => ({ ...event, position: index + 1 })),
  },
  {
    what: 'somebody claims a lead that another one has',
    kind: 'claim-not-owner',
    append: (story) => story.claim('S1', 'bob'),
  },
  {
    what: 'an act of somebody else counts as a claim',
    kind: 'claim-not-owner',
    append: (story) => story.act('S1', 'bob'),
  },
  {
    what: 'an automated act counts as a claim',
    kind: 'claim-unfounded',
    append: (story) => story.act('S1', 'ann', { automated: true }),
  },
  {
    what: 'a view counts as a claim',
    kind: 'claim-unfounded',
    append: (story) => story.act('S1', 'ann', { kind: 'view' }),
  },
  {
    what: 'an act from before the owner had the lead counts as a claim',
    kind: 'claim-unfounded',
    append: (story) => story.act('S1', 'ann', { occurredAt: '2026-01-05T08:00:00.000Z' }),
  },
  {
    what: 'a claimed lead is reassigned',
    kind: 'taken-after-claim',
    append: (story) => {
      unworked(story)
        .claim('D1', 'eve')
        .add('LeadDeclined', { leadId: leadId('D1'), ownerId: 'eve' as UserId, rotationId: web });
      story.turn('D1', 'web', 'ann', { from: 'eve', step: 'declined', due: story.now + quarter }).claim('D1', 'ann');
    },
  },
  {
    what: 'a lead is reassigned for a miss that never was',
    kind: 'taken-unfounded',
    append: (story) => {
      unworked(story)
        .turn('D1', 'web', 'ann', { from: 'eve', step: 'missed', due: story.now + quarter })
        .claim('D1', 'ann');
    },
  },
];

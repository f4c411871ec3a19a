import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { changeOf } from './change-of.ts';
import type { PlantedFault } from './planted-fault.ts';
import { minute, type Story } from './story.ts';

const leadId = (id: string) => id as LeadId;
const web = 'web' as RotationId;
const quarter = 15 * minute;

/** A lead of `web` that nobody works, from one who has it to the next. */
const unworked = (story: Story) => story.capture('D1').turn('D1', 'web', 'eve', { due: story.now + quarter });

/** In deadlines, and in what came before them or instead. */
export const plantedInClaims: readonly PlantedFault[] = [
  {
    what: 'a deadline is shorter than the policy says',
    kind: 'due-wrong',
    change: changeOf('LeadAssigned', 'L2', (before) => ({ due: before.at })),
  },
  {
    what: 'a lead outside the turn has a deadline',
    kind: 'due-wrong',
    change: changeOf('LeadAssigned', 'K1', () => ({ due: '2027-01-01T00:00:00.000Z' })),
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

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { parseScenario } from '@lead-rotator/scenario';
import { playOnLog } from './simulation/play-on-log.ts';
import { type Column, columns, countByHand } from './testing/count-by-hand.ts';
import { Office } from './testing/office.ts';

/** Two months of leads, over the turn of a month in local time: claimed, missed, declined, picked up, handed over, closed. */
function twoMonths(): object {
  const everybody = ['ann', 'bob', 'eve', 'pat'];
  const acts = (lead: string) => everybody.map((by) => ({ act: { lead, by, kind: 'call' } }));
  const sources = ['form', 'ads', 'ads', 'walk-in', 'form'];
  const steps = Array.from({ length: 120 }, (_, index) => {
    const [lead, before] = [`L${index}`, `L${index - 4}`];
    const [first, ...others] = acts(lead);
    return [
      { at: '+11h', lead: { id: lead, source: sources[index % 5], ...(index % 17 === 3 ? { owner: 'pat' } : {}) } },
      ...(index % 3 === 0 ? [{ at: '+25m', wait: '0m' }] : []),
      ...(index % 6 === 0 ? [] : [{ at: `+${(index % 7) + 1}m`, ...first }, ...others]),
      ...(index % 5 === 3 && index % 2 === 0 ? [{ at: '+2m', pickUp: { queue: 'desk', by: 'pat' } }] : []),
      ...(index % 10 === 7 ? [{ transfer: { lead: before, to: 'eve' } }] : []),
      ...(index > 4 && index % 4 < 3 ? [{ outcome: { lead: before, is: index % 4 === 0 ? 'won' : 'lost' } }] : []),
      ...(index === 30 ? [{ pause: { rotation: 'web', user: 'bob' } }] : []),
      ...(index === 50
        ? [{ resume: { rotation: 'web', user: 'bob' } }, { remove: { rotation: 'web', user: 'eve' } }]
        : []),
      ...(index === 70 ? [{ add: { rotation: 'web', user: 'eve', weight: 2 } }, { deactivate: { user: 'ann' } }] : []),
      ...(index === 90 ? [{ activate: { user: 'ann' } }] : []),
    ];
  }).flat();
  const claim = { within: '20m' };
  return {
    start: '2026-01-20T02:00:00Z',
    timeZone: 'America/New_York',
    users: [...everybody.slice(0, 3), { id: 'pat', permissions: ['pick-up'] }],
    rotations: [
      { id: 'web', strategy: 'weighted', members: [{ user: 'ann', weight: 3 }, 'bob', 'eve'], claim },
      { id: 'late', members: ['bob', 'eve'], claim },
      { id: 'desk', strategy: 'queue-hidden', members: ['pat'] },
    ],
    rules: [
      { when: { field: 'source', is: 'ads' }, to: { rotation: 'web' } },
      { when: { field: 'source', is: 'walk-in' }, to: { queue: 'desk' } },
      { to: { rotation: 'late' } },
    ],
    steps,
  };
}

/** Every choice of columns. */
const choices = Array.from({ length: 15 }, (_, index) => columns.filter((_, bit) => ((index + 1) >> bit) % 2 === 1));

describe('the distribution report', () => {
  let office: Office;
  let events: readonly LeadRotatorEvent[];

  beforeAll(async () => {
    const scenario = parseScenario(JSON.stringify(twoMonths()));
    // Before the services start: they would act at the time of today.
    office = await Office.open(['router'], async (log) => {
      events = (await playOnLog(scenario, log)).events;
    });
    await eventually(async () => {
      const { rows } = (await office.get('/reports/distribution?by=month')).body as { rows: { received: number }[] };
      expect(rows.map(({ received }) => received)).toEqual(counted(['month']).map(({ received }) => received));
    });
  });

  afterAll(() => office?.close(), 60_000);

  const counted = (by: readonly Column[]) => countByHand(events, 'America/New_York', by);

  it('is of leads of which all that is counted has happened', () => {
    const sum = (figure: string) => counted(['month']).reduce((all, row) => all + Number(row[figure as never]), 0);
    for (const figure of ['claimed', 'missed', 'won', 'lost']) expect(sum(figure)).toBeGreaterThan(10);
    expect(counted(['month']).length).toBe(3);
  });

  it.each(choices.map((by) => [by.join()]))('says by %s what counting by hand says, as JSON and as CSV', async (by) => {
    const rows = counted(by.split(',') as Column[]);
    const path = `/reports/distribution?by=${by}`;
    expect((await office.get(path)).body.rows).toEqual(rows);
    const names = Object.keys(rows[0] ?? {});
    const lines = rows.map((row) => names.map((name) => row[name as never] ?? '').join());
    expect(await office.text(`${path}&format=csv`)).toBe(
      [names.join(), ...lines].map((line) => `${line}\r\n`).join(''),
    );
  });

  it('counts of a month what was received in it, by the clock on the wall', async () => {
    const february = counted(['member', 'month']).filter(({ month }) => month === '2026-02');
    const { rows } = (await office.get('/reports/distribution?by=member,month&from=2026-02-01&to=2026-03-01')).body;
    expect(rows).toEqual(february);
  });
});

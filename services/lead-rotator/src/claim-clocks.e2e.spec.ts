import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { Office } from './testing/office.ts';

const [second, hour, day] = [1_000, 3_600_000, 86_400_000];

/** A day that is neither today nor tomorrow, whenever this runs: what is open only then is closed now. */
const later = (days: number) => {
  const start = Math.floor(Date.now() / day) * day + days * day;
  const name = new Date(start).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }).toLowerCase();
  return { start, name, date: new Date(start).toISOString().slice(0, 10) };
};
const [teamDay, memberDay, holiday] = [later(2), later(3), later(4)] as const;
const at = (start: number, hours: number) => new Date(start + hours * hour).toISOString();

/* All over HTTP: rotations, calendars and hours are set up, leads come in, and deadlines run, by each of the clocks. */
describe('the clocks of claims', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
    await office.put('/calendars/sales', {
      hours: { [teamDay.name]: '09:00-10:00', [holiday.name]: '00:00-24:00' },
      holidays: [holiday.date],
    });
    const hours = { [memberDay.name]: '08:00-12:00' };
    const away = [{ from: at(memberDay.start, 9), to: at(memberDay.start, 10) }];
    await office.post('/users', { id: 'ann', email: 'ann@acme.example' });
    await office.post('/users', { id: 'bob', email: 'bob@acme.example' });
    await office.post('/users', { id: 'eve', email: 'eve@acme.example', hours, away });
    const always = { members: [{ user: 'ann' }, { user: 'bob' }] };
    const rotations = [
      { id: 'wall', ...always, claim: { within: second } },
      { id: 'team', ...always, claim: { within: second, clock: 'team-hours', calendar: 'sales' } },
      { id: 'long', ...always, claim: { within: 2 * hour, clock: 'team-hours', calendar: 'sales' } },
      {
        id: 'own',
        members: [{ user: 'eve' }],
        claim: { within: 2 * hour, clock: 'member-hours' },
        whenNobody: 'ignore-availability',
      },
    ];
    for (const rotation of rotations) {
      const created = await office.post('/rotations', { ...rotation, name: rotation.id });
      expect(created.status).toBe(201);
    }
    const rules = rotations.map(({ id }) => ({ id, when: { field: 'source', is: id }, to: { rotation: id } }));
    await office.put('/rules/draft', { rules: [...rules, { id: 'rest', to: 'unassigned' }] });
    await office.post('/rules/publish');
  });

  afterAll(() => office?.close());

  const lead = async (id: string) => (await office.get(`/leads/${id}`)).body;
  const given = async (source: string, id: string) => {
    const leadId = await office.lead(source, id);
    await eventually(async () => expect(await lead(leadId)).toMatchObject({ state: 'assigned' }));
    return leadId;
  };

  it('run all the time, in the hours of the team, or in those of the owner', async () => {
    const team = await given('team', 't1');
    const long = await given('long', 't2');
    const own = await given('own', 'o1');
    const wall = await given('wall', 'w1');
    expect(await lead(team)).toMatchObject({ ownerId: 'ann', due: at(teamDay.start, 9 + second / hour) });
    // One hour on the first day, none on the holiday, and the other a week later.
    expect(await lead(long)).toMatchObject({ due: at(teamDay.start + 7 * day, 10) });
    // From 8 to 9, away from 9 to 10, then from 10 to 11.
    expect(await lead(own)).toMatchObject({ ownerId: 'eve', due: at(memberDay.start, 11) });
    await eventually(async () => expect(await lead(wall)).toMatchObject({ owners: ['ann', 'bob'] }));
    await sleep(second);
    for (const [id, ownerId] of [
      [team, 'ann'],
      [own, 'eve'],
    ] as const) {
      expect(await lead(id)).toMatchObject({ state: 'assigned', owners: [ownerId] });
    }
  });
});

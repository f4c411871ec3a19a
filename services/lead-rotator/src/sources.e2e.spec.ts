import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { parseScenario, playScenario } from '@lead-rotator/scenario';
import { Office } from './testing/office.ts';
import { playOverHttp } from './testing/play-over-http.ts';

const libs = new URL('../../../libs/scenario/', import.meta.url);

/* What the texts that the product came from ask for, by the scenario that shows it. What hangs on the clock (windows,
   pauses, limits of days) is played on the virtual clock only, and over HTTP in windows of seconds by its own specs. */
const rows = [
  ['a rotation of emails, counts, and the example trace', 'scenarios/lead-rotator-article'],
  ['pages whose leads are those of a rotation; sites; targets of rules', 'examples/pages-and-sites'],
  ['whoever is in the team or the downline', 'examples/membership'],
  ['shares, territories, conditions', 'scenarios/weights-and-territories'],
  ['filters of members', 'scenarios/filters-do-not-starve'],
  ['already assigned is skipped', 'examples/preassigned-kept'],
  ['on and off, number one, approved agents, giving on', 'scenarios/round-robin-off'],
  ['who comes, goes and moves changes the order only', 'examples/line-of-members'],
  ['priority tiers', 'scenarios/priority-tier'],
  ['hidden and preview queues, statuses, permissions', 'scenarios/pull-queues'],
  ['manual, kept or given on', 'examples/manual'],
  ['the eight-lead example', 'scenarios/user-group-sequential'],
  ['random', 'examples/random-seeded'],
  ['learning from outcomes', 'examples/predictive'],
  ['who has waited longest, here or in all rotations', 'examples/longest-waiting'],
  ['who has the fewest open leads', 'examples/fewest-open'],
  ['who was given the fewest', 'examples/fewest-assigned'],
  ['turns that the absent make up for', 'examples/make-up'],
  ['what becomes of a lead that nobody can have', 'examples/when-nobody'],
  ['an offer, though the strategy changes meanwhile', 'examples/offer-outlives-strategy'],
  ['statuses of each group that may be picked up', 'examples/pull-groups'],
  ['giving back', 'examples/decline'],
  ['leads that follow another of the same person', 'examples/twins-declined'],
  ['the rules that an organization starts with', 'examples/default-rules'],
] as const;

describe('what the sources ask for', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
  });

  afterAll(() => office?.close(), 60_000);

  it.each(rows)('%s: %s comes out over HTTP as it does on the virtual clock', async (_, file) => {
    const scenario = parseScenario(readFileSync(new URL(`${file}.yaml`, libs), 'utf8'));
    const simulated = playScenario(scenario);
    expect(simulated.differences).toEqual([]);
    const { owners, history, claimed, sent, next } = simulated.result;
    const { sent: sentToMembers, ...played } = await playOverHttp(
      await office.ofOrganization(file as OrganizationId),
      scenario,
    );
    expect(played).toEqual({ owners, history, claimed, next, surprises: [] });
    // A rotation shows its present members; the simulator those who have left, too.
    expect(sent).toMatchObject(sentToMembers);
  });
});

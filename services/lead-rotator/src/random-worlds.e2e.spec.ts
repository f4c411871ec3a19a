import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { parseScenario, playScenario } from '@lead-rotator/scenario';
import { randomWorld } from '@lead-rotator/scenario/random-world';
import fc from 'fast-check';
import { livesOf } from './testing/lives-of.ts';
import { Office } from './testing/office.ts';
import { rotationsNow, setUpOverHttp, stepOverHttp } from './testing/play-over-http.ts';
import { withoutClock } from './testing/world-without-clock.ts';

/* `WORLDS=1000+200` plays two hundred, from seed 1000 on. */
const [first = 1, count = 8] = (process.env.WORLDS ?? '').split('+').filter(Boolean).map(Number);
const seeds = Array.from({ length: count }, (_, index) => first + index);

/** Worlds that nobody has thought of: each step through the running services, and on the virtual clock. */
describe('a random world over HTTP comes to what it comes to on the virtual clock', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
  });

  afterAll(() => office.close(), 60_000);

  it.each(seeds)('seed %i', async (seed) => {
    const [world] = fc.sample(randomWorld, { seed, numRuns: 1 });
    if (world === undefined) throw new Error('a seed gives a world');
    const scenario = parseScenario(JSON.stringify(withoutClock(world)));
    const organizationId = `world-${seed}` as OrganizationId;
    const own = await office.ofOrganization(organizationId);
    await setUpOverHttp(own, scenario);
    const ids = new Map<string, string>();
    const events: LeadRotatorEvent[] = [];
    let position = await office.log.head();
    for (const [index, { happening, path }] of scenario.steps.entries()) {
      const played = playScenario({ ...scenario, steps: scenario.steps.slice(0, index + 1) });
      const refused = played.differences.find((difference) => difference.path === path)?.found;
      const { code } = await stepOverHttp(own, ids, happening);
      expect({ path, happening, code }).toEqual({ path, happening, code: refused });
      await eventually(async () => {
        const page = await office.log.read({ after: position, limit: 10_000 });
        position = page.readTo;
        const news = page.events.filter((event) => event.organizationId === organizationId);
        events.push(...(news as unknown as LeadRotatorEvent[]));
        const lives = livesOf(events, new Map([...ids].map(([name, id]) => [id, name])));
        expect({ path, happening, lives }).toEqual({ path, happening, lives: livesOf(played.events) });
      });
    }
    const { sent } = await rotationsNow(own, scenario);
    expect(playScenario(scenario).result.sent).toMatchObject(sent);
  });
});

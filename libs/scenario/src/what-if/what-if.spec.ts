import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import { runScenario } from '../run-scenario.ts';
import { parseChange } from './parse-change.ts';
import { whatIf } from './what-if.ts';

const recorded = (yaml: string): RecordedLeadEvent[] =>
  runScenario(yaml).events.map((event, index) => ({
    ...structuredClone(event),
    position: index + 1,
    version: 1,
    at: Date.parse(event.data.at),
    organizationId: defaultOrganization,
    actor: 'service:simulation',
    cause: 'request:simulation',
  }));

async function* inOnePage(events: readonly RecordedLeadEvent[]) {
  yield events;
}

const nine = '2026-01-05T09:00:00Z';

/** `from`: a time of the first day. */
function tryOut(yaml: string, change: string, from = yaml === office ? '2026-01-05T09:30:00Z' : nine) {
  const events = recorded(yaml);
  const to = events.at(-1)?.at ?? 0;
  return whatIf(() => inOnePage(events), parseChange(change), { from: Date.parse(from), to });
}

const folders = ['scenarios', 'examples'].map((name) => new URL(`../../${name}/`, import.meta.url));
const files = folders.flatMap((folder) => readdirSync(folder).map((file) => [file, new URL(file, folder)] as const));

describe('a what-if without a change', () => {
  it.each(files)('comes out as it was recorded, in %s', async (_, file) => {
    const { recorded: before, whatIf: after, others } = await tryOut(readFileSync(file, 'utf8'), '{}');
    expect(others).toEqual([]);
    expect(after).toEqual(before);
  });

  it.each(['2026-01-05T09:02:00Z', '2026-01-05T10:00:00Z'])(
    'goes on from what was recorded before the period, from %s',
    async (from) => {
      for (const [, file] of files) {
        const { others } = await tryOut(readFileSync(file, 'utf8'), '{}', from);
        expect({ file: file.pathname, others }).toEqual({ file: file.pathname, others: [] });
      }
    },
  );
});

const office = `
users: [ann, bob]
rotations: [{ id: web, members: [ann, bob], claim: { within: 30m } }]
rules: [{ id: rest, to: { rotation: web } }]
steps:
  - { at: +1h, leads: { count: 6, every: 1m, prefix: L } }
  - { at: +10m, act: { lead: L1, by: ann, kind: call } }
  - { act: { lead: L2, by: bob, kind: call } }
  - { outcome: { lead: L2, is: won } }
  - { act: { lead: L3, by: ann, kind: call } }
  - { act: { lead: L4, by: bob, kind: call } }
  - { act: { lead: L5, by: ann, kind: call } }
  - { act: { lead: L6, by: bob, kind: call } }
  - { change: { rotation: web, strategy: fewest-open } }
`;

describe('a what-if', () => {
  it('says who would have had what under another strategy, whatever was set in the period', async () => {
    const result = await tryOut(
      office,
      'rotations: [{ id: web, strategy: weighted, members: [{ user: ann, weight: 5 }, { user: bob, weight: 1 }] }]',
    );
    expect(result.recorded.users).toMatchObject({ ann: { turns: 3, share: 0.5 }, bob: { turns: 3, claims: 3 } });
    expect(result.whatIf.users).toMatchObject({ ann: { turns: 5, owns: 5, claims: 5 }, bob: { turns: 1 } });
    expect(result.others).toContainEqual({ leadId: 'L2', recorded: 'bob', whatIf: 'ann' });
  });

  it('says what would have been missed with another claim window, and how long claims would have taken', async () => {
    const result = await tryOut(office, 'rotations: [{ id: web, claim: { within: 12m } }]');
    expect(result.recorded).toMatchObject({ misses: 0, claims: 6, medianToClaim: 12.5 * 60_000 });
    expect(result.whatIf.misses).toBe(4);
    expect(result.whatIf.reassignments).toBe(4);
  });

  it('takes other rules and caps', async () => {
    const capped = await tryOut(office, 'rotations: [{ id: web, caps: { daily: 2 } }]');
    expect(capped.whatIf).toMatchObject({ turns: 4, unowned: 2 });
    const ruled = await tryOut(office, 'rules: [{ to: { user: bob } }]');
    expect(ruled.whatIf.users).toMatchObject({ bob: { owns: 6, turns: 0 } });
  });

  it('counts leads whose person was erased', async () => {
    const events = recorded(office).map((event) =>
      event.type === 'LeadCaptured' ? { ...event, data: { ...event.data, person: { erased: true } as never } } : event,
    );
    const period = { from: Date.parse(nine), to: events.at(-1)?.at ?? 0 };
    expect((await whatIf(() => inOnePage(events), parseChange('{}'), period)).erased).toBe(6);
  });
});

describe('the example of the reference', () => {
  it('is understood', () => {
    const page = readFileSync(new URL('../../../../docs/reference/what-if-files.md', import.meta.url), 'utf8');
    const change = parseChange(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
    expect([...change.rotations.keys()]).toEqual(['web']);
    expect(change.rules).toHaveLength(2);
  });
});

describe('a file that cannot be understood', () => {
  it.each([
    ['rotations: [{ id: web, strategy: wieghted }]', 'rotations[0].strategy: found "wieghted", allowed:'],
    ['rotations: [{ id: web, claims: 5m }]', 'rotations[0]: found "claims", allowed:'],
    ['rotations: [{ id: web }, { id: web }]', 'rotations[1].id: found "web", allowed: every rotation once'],
    ['rotation: web', 'the file: found "rotation", allowed: title, existingContact, preassigned, rotations, rules'],
    ['rotations: [{ id: wbe, strategy: weighted }]', 'rotations[0]: found "wbe", allowed: a rotation'],
    ['rotations: [{ id: web, members: [anne] }]', 'rotations[0].members[0]: found "anne", allowed: a user'],
    ['rules: [{ when: { field: contry, is: DE }, to: unassigned }, { to: unassigned }]', 'rules[0].when.field: found'],
  ])('is refused with its place, what was found and what is allowed: %s', async (change, message) => {
    await expect(async () => tryOut(office, change)).rejects.toThrow(message);
  });
});

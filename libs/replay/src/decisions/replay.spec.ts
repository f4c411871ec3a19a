import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deciderVersion } from '@lead-rotator/claim';
import { contactTag, definitionOf, leadTag, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import { runScenario } from '@lead-rotator/scenario';
import { record } from '../testing/record.ts';
import type { DecisionDifference } from './judge-decision.ts';
import { type ReplayOptions, replayDecisions } from './replay.ts';

const folders = ['scenarios', 'examples'].map((name) => new URL(`../../../scenario/${name}/`, import.meta.url));
const files = folders.flatMap((folder) => readdirSync(folder).map((file) => [file, new URL(file, folder)] as const));
const recordedIn = (yaml: string) => record(runScenario(yaml).events);

async function* inPages(events: readonly RecordedLeadEvent[], size = 7) {
  for (let from = 0; from < events.length; from += size) yield events.slice(from, from + size);
}

async function replay(events: readonly RecordedLeadEvent[], options: Partial<ReplayOptions> = {}) {
  const differences: DecisionDifference[] = [];
  const report = (difference: DecisionDifference) => differences.push(difference);
  return { ...(await replayDecisions(inPages(structuredClone(events)), { report, ...options })), differences };
}

/** As a log with an index by tags reads them again. */
const recalling = (events: readonly RecordedLeadEvent[]): Partial<ReplayOptions> => ({
  recall: () => async (leadIds, contactIds, until) => {
    const tags = new Set<string>([...leadIds.map(leadTag), ...contactIds.map(contactTag)]);
    const has = ({ type, data }: RecordedLeadEvent) =>
      definitionOf(type)
        ?.tags(data as never)
        .some((tag) => tags.has(tag)) === true;
    return structuredClone(events.filter((event) => event.position <= until && has(event)));
  },
  leadsInMemory: 0,
});

/** As the log gives it when the person is forgotten. */
const withoutPerson = (event: RecordedLeadEvent): RecordedLeadEvent =>
  event.type === 'LeadCaptured' ? { ...event, data: { ...event.data, person: { erased: true } as never } } : event;

describe('a replay', () => {
  it.each(files)('takes every decision of %s as it was recorded', async (_, file) => {
    const events = recordedIn(readFileSync(file, 'utf8'));
    expect(await replay(events)).toMatchObject({ differences: [], position: events.length });
  });

  it.each(files)('does so with no lead at rest in memory, in %s', async (_, file) => {
    const events = recordedIn(readFileSync(file, 'utf8'));
    expect((await replay(events, recalling(events))).differences).toEqual([]);
  });
});

const story = recordedIn(`
users: [ann, bob, eve]
rotations: [{ id: web, members: [ann, bob, eve], claim: { within: 15m } }, { id: other, members: [ann] }]
rules: [{ id: rest, to: { rotation: web } }]
steps:
  - { leads: { count: 3, every: 1m, prefix: L } }
  - { act: { lead: L1, by: ann, kind: call } }
  - { wait: 1h }
`);

/** Changes the first event of a type, as somebody would who can write to the log. */
const forge = (type: string, change: (data: Record<string, unknown>) => object): RecordedLeadEvent[] => {
  const index = story.findIndex((event) => event.type === type);
  const event = story[index] as RecordedLeadEvent;
  return story.with(index, { ...event, data: { ...event.data, ...change(event.data) } } as RecordedLeadEvent);
};
const asLast = (type: string, data: object): RecordedLeadEvent[] => {
  const last = story.at(-1) as RecordedLeadEvent;
  const forged = { ...last, position: last.position + 1, type, data: { ...data, at: last.data.at } };
  return [...story, forged as RecordedLeadEvent];
};
const forgeries: [what: string, events: RecordedLeadEvent[], difference: object][] = [
  [
    'a turn that went to somebody else',
    forge('LeadAssigned', () => ({ ownerId: 'eve' })),
    { kind: 'other-data', leadId: 'L1', fields: [{ path: 'ownerId', recorded: 'eve', expected: 'ann' }] },
  ],
  [
    'a deadline that was put off',
    forge('LeadAssigned', () => ({ due: '2026-01-05T10:00:00.000Z' })),
    { kind: 'other-data', fields: [{ path: 'due', expected: '2026-01-05T09:15:00.000Z' }] },
  ],
  [
    'a member who was passed over for no reason',
    forge('LeadAssigned', ({ turn }) => ({
      ownerId: 'bob',
      turn: { ...(turn as object), passedOver: [{ userId: 'ann', reason: 'away' }] },
    })),
    { kind: 'other-data', leadId: 'L1' },
  ],
  [
    'a rule that did not decide',
    forge('LeadAssigned', () => ({ why: { step: 'rules', reason: 'turn', rule: 'vip', ruleSet: 1 } })),
    { kind: 'other-data', fields: [{ path: 'why.rule', recorded: 'vip', expected: 'rest' }] },
  ],
  [
    'an act that counts for more than it is worth',
    forge('LeadActivityRecorded', () => ({ outcome: 'not-owner' })),
    { kind: 'other-data', fields: [{ path: 'outcome', recorded: 'not-owner', expected: 'claims' }] },
  ],
  [
    'a miss that was none',
    forge('ClaimMissed', () => ({ leadId: 'L1', ownerId: 'ann' })),
    { kind: 'other-event', leadId: 'L1' },
  ],
  [
    'a second decision about a lead',
    asLast('LeadAssigned', {
      leadId: 'L1',
      contactIds: [],
      ownerId: 'eve',
      why: { step: 'rules', reason: 'user', rule: 'rest', ruleSet: 1 },
    }),
    { kind: 'other-event', leadId: 'L1' },
  ],
  [
    'a reassignment after no miss',
    asLast('LeadReassigned', {
      leadId: 'L1',
      contactIds: [],
      previousOwnerId: 'ann',
      ownerId: 'eve',
      why: { step: 'missed', reason: 'turn' },
    }),
    { kind: 'unfounded', leadId: 'L1' },
  ],
  [
    'a claim without an act',
    asLast('LeadClaimed', { leadId: 'L2', contactIds: [], ownerId: 'ann' }),
    { kind: 'unfounded' },
  ],
  [
    'a decline by somebody who does not have the lead',
    asLast('LeadDeclined', { leadId: 'L1', ownerId: 'eve', rotationId: 'web' }),
    { kind: 'refused', refusal: 'not-owner' },
  ],
  ['a miss with nothing after it', story.filter(({ type }) => type !== 'LeadReassigned'), { kind: 'missing-event' }],
  [
    'a lead that was never captured',
    asLast('LeadWon', { leadId: 'L9', contactIds: [], source: 'x' }),
    { kind: 'unfounded' },
  ],
];

describe('a forged decision', () => {
  it.each(forgeries)('is found: %s', async (_, events, difference) => {
    const { differences, different } = await replay(events);
    expect(differences[0]).toMatchObject(difference);
    expect(different).toBeGreaterThan(0);
  });

  it('is told only if it is wanted, by its place or its rotation', async () => {
    const [[, events]] = forgeries as [(typeof forgeries)[number]];
    const position = events.find(({ type }) => type === 'LeadAssigned')?.position ?? 0;
    const told = async (options: Partial<ReplayOptions>) => (await replay(events, options)).different;
    expect(await told({ isWanted: (event) => event.position === position })).toBe(1);
    expect(await told({ isWanted: (event) => event.position < position })).toBe(0);
    expect(await told({ rotationId: 'web' })).toBeGreaterThan(0);
    expect(await told({ rotationId: 'other' })).toBe(0);
  });
});

describe('a choice of a rotation that learns', () => {
  const learned = recordedIn(`
users: [ann, bob, eve]
rotations: [{ id: web, strategy: { type: predictive, seed: 7, guard: 0 }, members: [ann, bob, eve] }]
steps:
  - { leads: { count: 3, every: 1m, prefix: L } }
  - { outcome: { lead: L1, is: won } }
  - { leads: { count: 2, every: 1m, prefix: M } }
`);
  const forged = (change: (candidate: object) => object) => {
    const index = learned.findLastIndex(({ type }) => type === 'LeadAssigned');
    const event = structuredClone(learned[index]) as RecordedLeadEvent;
    const { turn } = event.data as { turn: { candidates: object[] } };
    turn.candidates = turn.candidates.map(change);
    return learned.with(index, event);
  };

  it('is drawn again from the figures of its model', async () => {
    expect((await replay(learned)).differences).toEqual([]);
  });

  it.each([
    ['a figure', () => forged((candidate) => ({ ...candidate, won: 9 })), 'turn.candidates.0.won'],
    ['a draw', () => forged((candidate) => ({ ...candidate, draw: 0.99 })), 'turn.candidates.0.draw'],
  ])('is found if %s was forged', async (_, events, path) => {
    const { differences } = await replay(events());
    expect(differences[0]?.fields?.map((field) => field.path)).toContain(path);
  });
});

describe('a rotation that learns by what a lead says of a person', () => {
  const learned = recordedIn(`
users: [ann, bob, eve]
rotations: [{ id: web, strategy: { type: predictive, seed: 7, guard: 0, segment: [attributes.budget] }, members: [ann, bob, eve] }]
steps:
  - { leads: { count: 3, every: 1m, prefix: L, attributes: { budget: 5000 } } }
  - { outcome: { lead: L1, is: won } }
  - { leads: { count: 3, every: 1m, prefix: M, attributes: { budget: 5000 } } }
`);
  const outcome = learned.find(({ type }) => type === 'LeadWon') as RecordedLeadEvent;

  it('keeps its segment in a form from which the value cannot be read', () => {
    expect(outcome.data).toMatchObject({ segment: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(JSON.stringify(learned.filter(({ type }) => type !== 'LeadCaptured'))).not.toContain('5000');
  });

  it('has learned the same from outcomes before version 5, which told the value', async () => {
    const before = learned.map((event) => {
      const clear = event === outcome ? { segment: '[5000]' } : {};
      return { ...event, decider: 4, data: { ...event.data, ...clear } } as RecordedLeadEvent;
    });
    expect((await replay(before)).differences).toEqual([]);
    expect((await replay(before.map((event) => ({ ...event, decider: deciderVersion })))).differences).not.toEqual([]);
  });

  it('is judged by the segment that was recorded when the person is gone', async () => {
    const { differences, erased } = await replay(learned.map(withoutPerson));
    expect(differences).toEqual([]);
    expect(erased).toBeGreaterThan(3);
  });

  it('is found forged all the same', async () => {
    const index = learned.findLastIndex(({ type }) => type === 'LeadAssigned');
    const { ownerId } = (learned[index] as RecordedLeadEvent).data as { ownerId: string };
    const other = ownerId === 'ann' ? 'bob' : 'ann';
    const forged = learned
      .map(withoutPerson)
      .map((event, place) =>
        place === index ? ({ ...event, data: { ...event.data, ownerId: other } } as RecordedLeadEvent) : event,
      );
    expect((await replay(forged)).differences).not.toEqual([]);
  });
});

describe('a decision of deciders that this copy does not have', () => {
  it('is not judged, and told', async () => {
    const events = forge('LeadAssigned', () => ({ ownerId: 'eve' })).map((event) =>
      event.type === 'LeadAssigned' ? { ...event, decider: 99 } : event,
    );
    const { differences, ...report } = await replay(events);
    expect(report.unjudged).toBe(3);
    expect(differences.filter(({ kind }) => kind === 'unjudged')).toHaveLength(3);
  });
});

describe('after an erasure', () => {
  const before = recordedIn(`
users: [ann, bob, eve]
rotations:
  - id: web
    members: [ann, { user: bob, filter: { field: attributes.language, is: de } }, { user: eve, filter: { field: email, contains: acme } }]
rules:
  - { id: rich, when: { field: attributes.budget, above: 4000 }, to: { rotation: web } }
  - { id: named, when: { field: attributes.agent, exists: true }, to: { field: agent } }
  - { id: rest, to: unassigned }
steps:
  - { lead: { id: L1, attributes: { budget: 5000, language: fr } } }
  - { lead: { id: L2, attributes: { budget: 5000, language: de } } }
  - { lead: { id: L3, email: kim@acme.example, attributes: { budget: 5000, language: fr } } }
  - { lead: { id: L4, attributes: { agent: bob } } }
  - { lead: { id: L5, attributes: { budget: 1 } } }
`);
  const events = before.map(withoutPerson);

  it('the recorded outcome of a condition counts', async () => {
    const { differences, erased, decisions } = await replay(events);
    expect(differences).toEqual([]);
    expect({ erased, decisions }).toEqual({ erased: 4, decisions: 5 });
  });

  it('what does not depend on the person is judged all the same', async () => {
    const forged = events.map((event) =>
      event.type === 'LeadAssigned' && event.data.leadId === 'L2'
        ? { ...event, data: { ...event.data, ownerId: 'ann' as never } }
        : event,
    );
    expect((await replay(forged)).differences[0]).toMatchObject({ leadId: 'L2' });
  });
});

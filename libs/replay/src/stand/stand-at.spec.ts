import { describe, expect, it } from '@jest/globals';
import { runScenario } from '@lead-rotator/scenario';
import { record } from '../testing/record.ts';
import { standAt } from './stand-at.ts';
import { standText } from './stand-text.ts';

const events = record(
  runScenario(`
users: [ann, bob]
rotations: [{ id: web, members: [ann, bob], claim: { within: 15m } }]
steps:
  - { lead: L1 }
  - { lead: L2 }
  - { outcome: { lead: L2, is: won } }
  - { wait: 1h }
`).events,
);

async function* inOnePage() {
  yield events;
}

const firstTurn = events.findIndex(({ type }) => type === 'LeadAssigned') + 1;

describe('how it stood', () => {
  it('at a position: members, whose turn it was, leads sent, and owners', async () => {
    const { organizations, position } = await standAt(inOnePage(), { position: firstTurn });
    expect(position).toBe(firstTurn);
    const [stand] = organizations;
    expect(stand?.rotations[0]).toMatchObject({ turns: 1, lastServed: 'ann', next: 'bob', strategy: 'round-robin' });
    expect(stand?.rotations[0]?.members.map(({ userId, sent }) => [userId, sent])).toEqual([
      ['ann', 1],
      ['bob', 0],
    ]);
    expect(stand?.owners).toEqual({ L1: 'ann' });
  });

  it('at a time: up to the first event that is later', async () => {
    const before = await standAt(inOnePage(), { time: Date.parse('2026-01-05T09:14:59Z') });
    const after = await standAt(inOnePage(), { time: Date.parse('2026-01-05T09:15:00Z') });
    expect([before, after].map(({ organizations }) => organizations[0]?.owners)).toEqual([
      { L1: 'ann' },
      { L1: 'bob' },
    ]);
  });

  it('in words', async () => {
    const { organizations } = await standAt(inOnePage(), { position: firstTurn });
    expect(organizations.map(standText)).toEqual([
      [
        'Organization default',
        '  Rotation web: on, round-robin, 1 turns, last ann, next bob',
        '    1. ann: 1 sent',
        '    2. bob: 0 sent',
        '  Owner ann: 1 open: L1',
      ].join('\n'),
    ]);
  });
});

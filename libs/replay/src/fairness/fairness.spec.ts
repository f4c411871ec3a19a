import { describe, expect, it } from '@jest/globals';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import { runScenario } from '@lead-rotator/scenario';
import fc from 'fast-check';
import { record } from '../testing/record.ts';
import { reportFairness } from './fairness.ts';
import { fairnessText } from './fairness-text.ts';
import { promises } from './promises/registry.ts';
import type { RotationFairness } from './rotation-fairness.ts';

async function* inOnePage(events: readonly RecordedLeadEvent[]) {
  yield events;
}

const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
const report = (events: readonly RecordedLeadEvent[], period = always) => reportFairness(inOnePage(events), period);

const chosen = Object.keys(promises).filter((type) => !/queue|manual|first/.test(type));
const strategies = chosen.map((type) => ({ type, ...(/random|predictive/.test(type) ? { seed: 7 } : {}) }));
const team = ['ann', 'bob', 'eve', 'kim'];

/** A rotation of four in which everybody is always there. */
const calm = (strategy: object, leads = 60, members: readonly object[] = team.map((user) => ({ user }))) =>
  record(
    runScenario(
      JSON.stringify({
        users: team,
        rotations: [{ id: 'web', strategy, members }],
        rules: [{ to: { rotation: 'web' } }],
        steps: [{ leads: { count: leads, every: '1h', prefix: 'L' } }],
      }),
    ).events,
  );

const user = fc.constantFrom(...team);
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.record({ leads: fc.constant({ every: '7m' }), count: fc.integer({ min: 1, max: 6 }) }) },
  fc.record({ pause: fc.record({ rotation: fc.constant('web'), user }) }),
  fc.record({ resume: fc.record({ rotation: fc.constant('web'), user }) }),
  fc.record({ remove: fc.record({ rotation: fc.constant('web'), user }) }),
  fc.record({ add: fc.record({ rotation: fc.constant('web'), user, at: fc.constant(1) }) }),
  fc.record({ change: fc.record({ rotation: fc.constant('web'), strategy: fc.constantFrom(...strategies) }) }),
  fc.record({ wait: fc.constant('9h') }),
);
const anything = fc
  .record({
    strategy: fc.constantFrom(...strategies),
    makeUp: fc.constantFrom('none', 'one', 'all'),
    weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
    steps: fc.array(happening, { minLength: 10, maxLength: 40, size: 'max' }),
  })
  .map(({ strategy, makeUp, weights, steps }) =>
    JSON.stringify({
      users: team.map((id, index) => (index === 0 ? { id, hours: { 'mon-sun': '09:00-17:00' } } : id)),
      rotations: [
        {
          id: 'web',
          strategy,
          makeUp,
          members: team.map((id, index) => ({ user: id, weight: weights[index], leadsPerCycle: weights[index] })),
          claim: { within: '20m' },
        },
      ],
      rules: [{ to: { rotation: 'web' } }],
      steps: steps.map((step, index) =>
        'leads' in step ? { at: '+3m', leads: { ...step.leads, count: step.count, prefix: `L${index}-` } } : step,
      ),
    }),
  );

describe('the promise of a strategy', () => {
  it.each(strategies)('is kept by $type while everybody is there', async (strategy) => {
    const [one] = await report(calm(strategy));
    expect(one).toMatchObject({ strategy: strategy.type, turns: 60, broken: 0, unjudged: 0, examples: [] });
  });

  it('is kept by the deciders whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (yaml) => {
        const examples = (await report(record(runScenario(yaml).events))).flatMap((one) => one.examples);
        expect(examples).toEqual([]);
      }),
      { seed: 99, numRuns: 150 },
    );
  });

  const isBounded = (type: string) => !/random|predictive/.test(type);
  it.each(strategies.filter(({ type }) => isBounded(type)))(
    'of $type is found broken in turns that were drawn',
    async (strategy) => {
      const drawn = calm({ type: 'random', seed: 3 }, 400).map((event) =>
        event.type === 'RotationCreated'
          ? { ...event, data: { ...event.data, settings: { ...event.data.settings, strategy: strategy as never } } }
          : event,
      );
      const [one] = await report(drawn);
      expect(one?.broken).toBeGreaterThan(0);
      expect(one?.examples[0]?.why).toMatch(/\w/);
      expect(one?.examples.length).toBeLessThanOrEqual(20);
    },
  );
});

describe('the report', () => {
  const weighted = calm({ type: 'weighted' }, 60, [
    { user: 'ann', weight: 3 },
    { user: 'bob', weight: 1 },
  ]);

  it('says what each was due and had, and the largest distance between the two', async () => {
    const [one] = await report(weighted);
    expect(one?.members).toEqual({
      ann: { called: 'ann', turns: 45, due: 45 },
      bob: { called: 'bob', turns: 15, due: 15 },
    });
    expect(one?.farthest?.ahead).toBeCloseTo(0.5);
    expect(one?.farthest?.behind).toBeCloseTo(0.5);
  });

  it('counts only the turns of the period', async () => {
    const turns = weighted.filter(({ type }) => type === 'LeadAssigned');
    const [one] = await report(weighted, { from: turns[10]?.at ?? 0, to: turns[19]?.at ?? 0 });
    expect(one?.turns).toBe(10);
  });

  it('judges no turn for which the person was erased whom a filter asks for', async () => {
    const filtered = calm('round-robin' as never, 4, [
      { user: 'ann', filter: { field: 'email', contains: 'l1' } },
      { user: 'bob' },
    ]).map((event) =>
      event.type === 'LeadCaptured' ? { ...event, data: { ...event.data, person: { erased: true } as never } } : event,
    );
    expect((await report(filtered))[0]).toMatchObject({ turns: 4, unjudged: 4, broken: 0 });
  });

  it('is told in words', async () => {
    const [one] = (await report(weighted)) as [RotationFairness];
    expect(fairnessText(one)).toBe(
      [
        'Rotation web, weighted: 60 turns',
        `  promised: ${promises.weighted.words}`,
        '  kept',
        '  farthest from due: 0.50 turns ahead, 0.50 behind',
        '  ann: 45 turns (75.0 %), due 45.0',
        '  bob: 15 turns (25.0 %), due 15.0',
      ].join('\n'),
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { evolveLeads, type LeadState } from '@lead-rotator/claim';
import type { EventOfType, LeadId, LeadRotatorEvent, RotationId } from '@lead-rotator/lead-events';
import { Distribution, distributionOf, evolveDistribution, snapshotOf } from '@lead-rotator/rotation';
import fc from 'fast-check';
import { parseScenario } from './file/parse-scenario.ts';
import { randomWorld } from './random-world.ts';
import { setUp } from './run/set-up.ts';
import { Simulation } from './run/simulation.ts';
import { takeStep } from './run/take-step.ts';

type TurnEvent = EventOfType<'LeadAssigned' | 'LeadReassigned'>;

function play(file: object): Simulation {
  const scenario = parseScenario(JSON.stringify(file));
  const simulation = new Simulation(scenario.start);
  setUp(simulation, scenario);
  for (const { at, happening } of scenario.steps) {
    simulation.advanceTo(at);
    takeStep(simulation, happening);
    simulation.releaseWaiting();
  }
  return simulation;
}

const runs = { numRuns: 400 };
const clone = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
const turnsOf = (events: readonly LeadRotatorEvent[]): TurnEvent[] =>
  events.filter((event): event is TurnEvent => 'turn' in event.data && event.data.turn !== undefined);

const windows = {
  hourly: (time: Temporal.ZonedDateTime) => `${time.toPlainDate()} ${time.hour}`,
  daily: (time: Temporal.ZonedDateTime) => `${time.toPlainDate()}`,
  monthly: (time: Temporal.ZonedDateTime) => `${time.year} ${time.month}`,
};

describe('in any world', () => {
  it('the state comes from the events alone', () => {
    fc.assert(
      fc.property(randomWorld, (file) => {
        const { world } = play(file);
        const distribution = new Distribution();
        const leads = new Map<LeadId, LeadState>();
        for (const event of clone(world.events)) {
          evolveDistribution(distribution, event);
          evolveLeads(leads, event);
        }
        expect(distribution).toEqual(world.distribution);
        expect(leads).toEqual(world.leads);
      }),
      runs,
    );
  });

  it('a state goes on from its snapshot as if it had never been away', () => {
    fc.assert(
      fc.property(randomWorld, fc.integer({ min: 1, max: 20 }), (file, every) => {
        const { world } = play(file);
        let distribution = new Distribution();
        clone(world.events).forEach((event, index) => {
          evolveDistribution(distribution, event);
          if (index % every === 0) distribution = distributionOf(structuredClone(snapshotOf(distribution)));
        });
        expect(snapshotOf(distribution)).toEqual(snapshotOf(world.distribution));
      }),
      { numRuns: 100 },
    );
  });

  it('the same input has the same outcome', () => {
    fc.assert(
      fc.property(randomWorld, (file) => {
        expect(play(file).world.events).toEqual(play(file).world.events);
      }),
      { numRuns: 100 },
    );
  });

  it('every lead is decided, and what users have is what they own', () => {
    fc.assert(
      fc.property(randomWorld, (file) => {
        const { world } = play(file);
        const open: Record<string, number> = {};
        for (const lead of world.leads.values()) {
          expect(lead.decided).toBe(true);
          if (lead.ownerId !== undefined && lead.closed === undefined)
            open[lead.ownerId] = (open[lead.ownerId] ?? 0) + 1;
        }
        for (const userId of world.distribution.roster) {
          expect([userId, world.distribution.openOf(userId)]).toEqual([userId, open[userId] ?? 0]);
        }
      }),
      runs,
    );
  });

  it('nobody gets a lead by a turn who had it, declined it, or is inactive', () => {
    fc.assert(
      fc.property(randomWorld, (file) => {
        const state = new Distribution();
        const leads = new Map<LeadId, LeadState>();
        for (const event of play(file).world.events) {
          const [turn] = turnsOf([event]);
          if (turn !== undefined) {
            const lead = leads.get(turn.data.leadId);
            expect(lead?.had).not.toContain(turn.data.ownerId);
            expect(lead?.declined).not.toContain(turn.data.ownerId);
            expect(state.isActive(turn.data.ownerId)).toBe(true);
            expect(state.rotations.get(turn.data.rotationId as RotationId)?.on).toBe(true);
          }
          evolveDistribution(state, event);
          evolveLeads(leads, event);
        }
      }),
      runs,
    );
  });

  it('no cap is passed, and turns are numbered without a gap', () => {
    fc.assert(
      fc.property(randomWorld, (file) => {
        const [rotation] = file.rotations;
        if (rotation.refund === true) return;
        const { world } = play(file);
        const all = turnsOf(world.events);
        const turnsIn = (id: string) => all.filter(({ data }) => data.rotationId === id);
        for (const { id } of file.rotations) {
          expect(turnsIn(id).map(({ data }) => data.turn?.number)).toEqual(turnsIn(id).map((_, index) => index + 1));
        }
        type Window = (time: Temporal.ZonedDateTime) => string;
        const most = (turns: readonly TurnEvent[], id: string, zone: string, windowOf: Window) => {
          const counts = new Map<string, number>();
          for (const { data } of turns.filter((one) => one.data.ownerId === id)) {
            const window = windowOf(Temporal.Instant.from(data.at).toZonedDateTimeISO(zone));
            counts.set(window, (counts.get(window) ?? 0) + 1);
          }
          return Math.max(0, ...counts.values());
        };
        for (const { id, caps, timeZone = 'UTC' } of file.users) {
          if (caps !== undefined) expect(most(all, id, timeZone, windows.daily)).toBeLessThanOrEqual(caps.daily);
        }
        // Who is added by a step has no caps of their own.
        if (file.steps.some((step) => 'add' in step)) return;
        for (const { user, caps } of rotation.members) {
          for (const unit of ['hourly', 'daily', 'monthly'] as const) {
            const cap = caps?.[unit] ?? rotation.caps?.[unit] ?? 0;
            if (cap > 0) expect(most(turnsIn('r'), user, 'UTC', windows[unit])).toBeLessThanOrEqual(cap);
          }
        }
      }),
      runs,
    );
  });
});

import { InMemoryEventLog } from '@lead-rotator/event-log';
import { Rejection } from '@lead-rotator/event-sourcing';
import type { ActivityId, LeadId } from '@lead-rotator/lead-events';
import { createLogger } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import type { Act } from '../acts/act.ts';
import type { ActAnswer } from '../acts/act-answer.ts';
import { RecordActs } from '../acts/record-acts.handler.ts';
import { DeadlineWatch } from '../deadlines/deadline-watch.ts';
import { type Expire, FireDeadlines } from '../deadlines/fire-deadlines.handler.ts';
import { SlaMetrics } from '../sla-metrics.ts';
import { DeadlinesInMemory } from './deadlines-in-memory.ts';
import { context, Given, HandClock } from './given.ts';

const silent = createLogger('silent', 'spec');
let lastAct = 0;

/** The service's parts on a log in memory and a clock that is set by hand. */
export function slaInMemory(log: InMemoryEventLog = new InMemoryEventLog(), clock = new HandClock(), expire?: Expire) {
  const given = new Given(log, clock);
  const registry = new Registry();
  const metrics = new SlaMetrics(registry);
  const watch = new DeadlineWatch(new DeadlinesInMemory(log));
  const fire = new FireDeadlines(given.commands, metrics, silent, clock.now, expire);
  const acts = new RecordActs(log, given.commands, metrics);
  return {
    log,
    clock,
    given,
    acts,
    fire,
    watch,
    /** A figure by its name. */
    async figure(name: string): Promise<number | undefined> {
      return (await registry.getSingleMetric(`lead_rotator_${name}`)?.get())?.values[0]?.value;
    },
    /** Fires what is due at the clock's time; how many were taken. */
    async fireDue(): Promise<number> {
      await watch.load(clock.now());
      const due = watch.takeDue(clock.now(), 1_000);
      await fire.fire(due);
      return due.length;
    },
    /** What the answer to an act is, with the present owner: `claims ann`. */
    async act(leadId: string, by: string, more: Partial<Act> = {}): Promise<string> {
      const answer = await acts.record({
        context,
        leadId: leadId as LeadId,
        activityId: `act-${++lastAct}` as ActivityId,
        by,
        kind: 'call',
        automated: false,
        occurredAt: clock.now(),
        ...more,
      });
      return answer instanceof Rejection ? `refused ${answer.code}` : say(answer);
    },
  };
}

function say({ outcome, reason, ownerId }: ActAnswer): string {
  return [outcome, ...(outcome === reason ? [] : [reason]), ownerId].join(' ');
}

import './virtual-time/builtins.ts';

import { type Command, CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { defaultOrganization, type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, readEvent } from '@lead-rotator/lead-events';
import { leadIdOf } from '@lead-rotator/lead-intake';
import {
  refusedOutcomes,
  type Scenario,
  type SimulatedCommand,
  Simulation,
  settingUp,
  setUp,
  takeStep,
  takingStep,
} from '@lead-rotator/scenario';
import { Refused } from '@lead-rotator/service-host';
import { Chance } from './chance.ts';
import type { Copy } from './copies/copy.ts';
import { World } from './world.ts';

type Step = Scenario['steps'][number];

/** What has come of a scenario before a step of it, and how that step was answered. */
export interface Stand {
  readonly services: readonly LeadRotatorEvent[];
  readonly simulator: readonly LeadRotatorEvent[];
  /** Undefined: it was not refused, or there is no further step. */
  readonly answers: { readonly services: string | undefined; readonly simulator: string | undefined };
}

const source = 'scenario';
const response = { status: () => undefined };

/** The id that a lead of a file has in the log. */
export const idOfLead = (id: string): LeadId => leadIdOf(defaultOrganization, source, id);

/**
 * Plays a scenario through two copies of each service in virtual time, and through the simulator beside them: what both
 * have come to at each step, and `rest` milliseconds after the last one.
 */
export async function* playInVirtualTime(scenario: Scenario, seed: number, rest: number): AsyncGenerator<Stand> {
  const world = new World(new Chance(seed));
  const simulation = new Simulation(scenario.start);
  setUp(simulation, scenario);
  await setUpLog(world, scenario);
  world.startAll();
  for (const [number, step] of scenario.steps.entries()) {
    await world.time.runUntil(step.at);
    simulation.advanceTo(step.at);
    const before = { services: await eventsOf(world), simulator: [...simulation.world.events] };
    const services = await untilAnswered(world, () => ask(world, simulation, step, number));
    const simulator = takeStep(simulation, step.happening);
    simulation.releaseWaiting();
    yield { ...before, answers: { services, simulator } };
  }
  await world.time.runUntil(world.time.now + rest);
  simulation.advanceTo(world.time.now);
  const none = { services: undefined, simulator: undefined };
  yield { services: await eventsOf(world), simulator: simulation.world.events, answers: none };
}

const contextOf = (number: number | string): EventContext => ({
  organizationId: defaultOrganization,
  actor: 'service:api',
  cause: `request:step-${number}`,
});

/** Before anybody else is there. */
async function setUpLog({ log, time }: World, scenario: Scenario): Promise<void> {
  const handler = new CommandHandler(log, distributionProjection(log), () => time.now);
  const commands = settingUp(scenario);
  for (let next = commands.next(), number = 0; !next.done; number += 1) {
    const outcome = await handler.handle(commandOf(next.value, `0-${number}`));
    if (isRejected(outcome)) throw new Error(`set-up refused: ${outcome.code} ${JSON.stringify(outcome.facts)}`);
    next = commands.next([]);
  }
}

const eventsOf = async ({ log }: World): Promise<LeadRotatorEvent[]> =>
  (await log.read({ limit: 100_000 })).events.map((event) => readEvent(event));

/** Asks one of the copies for what a step says; the code of the refusal. */
async function ask(world: World, simulation: Simulation, { happening }: Step, number: number) {
  const context = contextOf(number);
  if ('lead' in happening) {
    const { id, ...more } = happening.lead;
    const lead = { id, source, email: `${id}@lead.example`, ...more };
    await inOne(world.intakes, number, (doors) => doors.one(lead, context, undefined, response));
    return undefined;
  }
  if ('act' in happening) {
    const { lead, ...act } = happening.act;
    const body = { id: `act-${number}`, ...act };
    const record = (leadId: LeadId) =>
      inOne(world.slas, number, ({ acts }) => acts.record(leadId, body, context, undefined, response));
    const { reason } = await record(idOfLead(lead));
    return refusedOutcomes.includes(reason) ? reason : undefined;
  }
  const step = takingStep(simulation.world, happening).next();
  // Refused, or nothing to do, before anything is decided.
  if (step.done) return step.value;
  const outcome = await inOne(world.routers, number, (commands) => commands.handle(commandOf(step.value, number)));
  return isRejected(outcome) ? outcome.code : undefined;
}

/** What a step of the simulator wants, as a router is asked for it. */
function commandOf(wanted: SimulatedCommand, number: number | string): Command {
  if ('capture' in wanted) throw new Error('leads come in by intake');
  const context = contextOf(number);
  if (wanted.leadId === undefined) return { context, decide: wanted.decide };
  return { context, leadId: idOfLead(wanted.leadId), decide: wanted.decide };
}

function inOne<Doors, Answer>(
  copies: readonly Copy<Doors>[],
  number: number,
  work: (doors: Doors) => Promise<Answer>,
): Promise<Answer> {
  const { process, doors } = copies[number % copies.length] as Copy<Doors>;
  if (process === undefined || doors === undefined) throw new Error('nothing befalls processes here');
  return process.run(() => work(doors));
}

/** Time goes on until there is an answer; a refusal is one, by its code. */
async function untilAnswered(world: World, work: () => Promise<string | undefined>): Promise<string | undefined> {
  let answer: { code: string | undefined } | undefined;
  let fault: unknown;
  work().then(
    (code) => {
      answer = { code };
    },
    (error: unknown) => {
      if (error instanceof Refused) answer = { code: error.rejection.code };
      else fault = error;
    },
  );
  while (answer === undefined) {
    await world.time.runUntil(world.time.now + 1);
    if (fault !== undefined) throw fault;
  }
  return answer.code;
}

import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import type { ContactDirectory, ContactIdentifier, EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import {
  type Commands,
  captureLead,
  playing,
  type Scenario,
  type ScenarioRun,
  type SimulatedCommand,
  Simulation,
} from '@lead-rotator/scenario';

/** A log that knows contacts. */
export interface SimulationLog extends EventLog {
  readonly contacts: ContactDirectory;
}

type Answer = Commands<ScenarioRun> extends Generator<unknown, unknown, infer Result> ? Result : never;

const context: EventContext = {
  organizationId: defaultOrganization,
  actor: 'service:simulation',
  cause: 'request:simulation',
};

/**
 * Plays a scenario against a log, which must be empty: every command is loaded, decided and appended by the command
 * handling of the services, on the clock of the scenario. What falls due and who waits is known from what the log took.
 * @throws ScenarioFault for a file whose users, rotations or rules are refused; LogUnavailable.
 */
export async function playOnLog(scenario: Scenario, log: SimulationLog): Promise<ScenarioRun> {
  const simulation = new Simulation(scenario.start);
  const commands = new CommandHandler(log, distributionProjection(log), () => simulation.now);
  const play = playing(simulation, scenario);
  let next = play.next();
  while (!next.done) next = play.next(await answer(next.value, simulation, commands, log));
  return next.value;
}

async function answer(
  command: SimulatedCommand,
  simulation: Simulation,
  commands: CommandHandler,
  log: SimulationLog,
): Promise<Answer> {
  const outcome: readonly { type: string; data: unknown }[] | Rejection =
    'capture' in command
      ? [await capture(command.capture, simulation, log)]
      : await commands.handle({ context, ...command });
  if (outcome instanceof Rejection) return outcome as Answer;
  const events = outcome.map(({ type, data }) => ({ type, data }) as LeadRotatorEvent);
  for (const event of events) simulation.append(event);
  return events;
}

type LeadCaptured = EventOfType<'LeadCaptured'>;

/** As intake does it: a person is known by what the directory says, and the log holds sealed who they are. */
async function capture(
  lead: Parameters<typeof captureLead>[0],
  { world, now }: Simulation,
  log: SimulationLog,
): Promise<LeadCaptured> {
  const { data } = captureLead(lead, world.distribution.organization.country, now) as LeadCaptured;
  const [contactIds = []] = await log.contacts.resolve(context.organizationId, [identifiersOf(data)]);
  const event: LeadCaptured = { type: 'LeadCaptured', data: { ...data, contactIds } };
  await log.append({ id: `capture:${data.leadId}`, events: [toNewEvent(event, context)], guards: [] });
  return event;
}

function identifiersOf({ person: { email, phone } }: LeadCaptured['data']): ContactIdentifier[] {
  const identifiers: ContactIdentifier[] = [];
  if (email !== undefined) identifiers.push({ kind: 'email', value: email });
  if (phone !== undefined) identifiers.push({ kind: 'phone', value: phone });
  return identifiers;
}

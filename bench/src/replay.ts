import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  type LeadId,
  type LeadRotatorEvent,
  type RotationId,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';
import { migrate } from '@lead-rotator/postgres';
import { setUpTeam } from '@lead-rotator/test-cluster';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { describeMachine } from './machine.ts';

const rotationId = 'web' as RotationId;
const members = Array.from({ length: 100 }, (_, number) => `member-${number}` as UserId);
const perUnit = 1_000;
const context: EventContext = { organizationId: defaultOrganization, actor: 'service:bench', cause: 'request:fill' };

/** From an empty memory to the rotations as they stand: a log of captured and assigned leads, read and evolved. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { leads: { type: 'string', default: '250000' }, runs: { type: 'string', default: '5' } },
  });
  const leads = Number(values.leads);
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, eventLogMigrations);
    const log = new PostgresEventLog({ url, applicationName: 'bench replay' });
    try {
      await setUpTeam(new CommandHandler(log, distributionProjection(log), Date.now), { rotationId, members });
      await fill(log, leads);
      const head = await log.head();
      const all: number[] = [];
      const read: number[] = [];
      let sent = 0;
      for (let count = 0; count < Number(values.runs); count += 1) {
        const projection = distributionProjection(log);
        const began = performance.now();
        await projection.catchUp();
        const seconds = (performance.now() - began) / 1_000;
        all.push(head / seconds);
        read.push((head - leads) / seconds);
        const rotation = projection.stateOf(defaultOrganization).rotations.get(rotationId);
        sent = members.reduce((sum, member) => sum + (rotation?.sentTo(member) ?? 0), 0);
      }
      console.log(
        `replay of ${head.toLocaleString('en')} events, ${leads.toLocaleString('en')} of them left out by SQL:`,
      );
      console.log(`  positions passed a second: ${formatSpread(spreadOf(all), 0)}`);
      console.log(`  events evolved a second: ${formatSpread(spreadOf(read), 0)}`);
      console.log(`check: ${sent} turns counted by the projection, ${leads} in the log`);
      return sent === leads;
    } finally {
      await log.close();
    }
  });
}

/** Captured leads and their turns, as the services write them. */
async function fill(log: PostgresEventLog, leads: number): Promise<void> {
  for (let from = 0; from < leads; from += perUnit) {
    const numbers = Array.from({ length: Math.min(perUnit, leads - from) }, (_, step) => from + step);
    const events = [...numbers.map(captured), ...numbers.map(assigned)].map((event) => toNewEvent(event, context));
    await log.append({ id: randomUUID(), events, guards: [] });
  }
}

const nameOf = (number: number) => ({
  leadId: `00000000-0000-5000-8000-${String(number).padStart(12, '0')}` as LeadId,
  contactIds: [`10000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ContactId],
  at: new Date(Date.UTC(2026, 0, 5) + number).toISOString(),
});

const captured = (number: number): LeadRotatorEvent => ({
  type: 'LeadCaptured',
  data: {
    ...nameOf(number),
    source: 'facebook',
    sourceLeadId: `lead-${number}`,
    status: 'new',
    receivedAt: nameOf(number).at,
    person: {},
  },
});

const assigned = (number: number): LeadRotatorEvent => ({
  type: 'LeadAssigned',
  data: {
    ...nameOf(number),
    ownerId: members[number % members.length] as UserId,
    rotationId,
    turn: { number: number + 1, strategy: 'round-robin', passedOver: [] },
    why: { step: 'rules', reason: 'turn', ruleSet: 0 },
  },
});

import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { CommandHandler, distributionProjection } from '@lead-rotator/command-handling';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadId, toNewEvent } from '@lead-rotator/lead-events';
import { migrate, serviceRole } from '@lead-rotator/postgres';
import { assignCapturedLead, type CapturedLead, DecideLeads, MeasuredLog, RouterMetrics } from '@lead-rotator/router';
import { createLogger } from '@lead-rotator/service-host';
import { setUpTeam } from '@lead-rotator/test-cluster';
import { Registry } from 'prom-client';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { describeMachine } from './machine.ts';

const members = Array.from({ length: 10 }, (_, number) => `member-${number}`);
const batch = 500;
/** As many batches are under way as a process has partitions of the topic. */
const partitions = 4;

/** The router's lane alone: captured leads in batches, as their messages bring them, to LeadAssigned in the log. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { leads: { type: 'string' }, runs: { type: 'string' } },
  });
  const leads = Number(values.leads ?? 20_000);
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, eventLogMigrations);
    const log = new PostgresEventLog({ url, applicationName: 'bench route', role: serviceRole });
    try {
      const registry = new Registry();
      const metrics = new RouterMetrics(registry);
      const measured = new MeasuredLog(log, metrics, () => {});
      const handler = new CommandHandler(measured, distributionProjection(measured), Date.now);
      const decideLeads = new DecideLeads(handler, metrics, createLogger('silent', 'bench'));
      await setUpTeam(handler, { rotationId: 'web', members, claim: { within: 900_000 } });
      const figures: number[] = [];
      for (let count = 0; count < Number(values.runs ?? 5); count += 1) {
        const captured = await capture(log, leads);
        registry.resetMetrics();
        const began = performance.now();
        await Promise.all(Array.from({ length: partitions }, () => bring(captured, decideLeads)));
        const seconds = (performance.now() - began) / 1000;
        figures.push(leads / seconds);
        console.log(
          `run ${count + 1}: ${Math.round(leads / seconds)} leads/s; ${await stages(registry, leads, seconds)}`,
        );
      }
      console.log(`leads/s: ${formatSpread(spreadOf(figures), 0)} (target: 15,000, batches of ${batch})`);
      return await check(log, leads * figures.length);
    } finally {
      await log.close();
    }
  });
}

/** Brings one batch after the other of what nobody has brought yet. */
async function bring(captured: CapturedLead[], decideLeads: DecideLeads): Promise<void> {
  for (let leads = captured.splice(0, batch); leads.length > 0; leads = captured.splice(0, batch)) {
    await decideLeads.decide(leads.map((lead) => assignCapturedLead(lead, true)));
  }
}

/** Writes leads to the log, each of a contact of its own, and gives them as the bus does: in clear. */
async function capture(log: PostgresEventLog, count: number): Promise<CapturedLead[]> {
  const captured: CapturedLead[] = [];
  for (let from = 0; from < count; from += 1_000) {
    const persons = Array.from({ length: Math.min(1_000, count - from) }, () => {
      const name = randomUUID();
      const identifiers = [
        { kind: 'email' as const, value: `${name}@lead.example` },
        { kind: 'phone' as const, value: `+49${name.replace(/\D/g, '').slice(0, 12)}` },
      ];
      return { name, identifiers };
    });
    const contactIds = await log.contacts.resolve(
      defaultOrganization,
      persons.map(({ identifiers }) => identifiers),
    );
    const events = persons.map(({ name, identifiers }, index) =>
      leadCaptured(name, identifiers, contactIds[index] ?? []),
    );
    const context = { organizationId: defaultOrganization, actor: 'source:bench', cause: 'request:bench' } as const;
    const units = events.map((event) => ({ id: randomUUID(), events: [toNewEvent(event, context)], guards: [] }));
    const outcomes = await log.appendAll(units);
    units.forEach((unit, index) => {
      const outcome = outcomes[index];
      if (outcome?.status !== 'appended') throw new Error('a lead was not captured');
      const { tags: _, ...event } = unit.events[0] as (typeof unit.events)[number] & { tags: unknown };
      captured.push({ ...event, position: outcome.first } as RecordedEvent as CapturedLead);
    });
  }
  return captured;
}

function leadCaptured(
  name: string,
  [email, phone]: readonly { value: string }[],
  contactIds: EventOfType<'LeadCaptured'>['data']['contactIds'],
): EventOfType<'LeadCaptured'> {
  const at = new Date().toISOString();
  return {
    type: 'LeadCaptured',
    data: {
      leadId: name as LeadId,
      source: 'facebook',
      sourceLeadId: name,
      contactIds,
      group: 'loans',
      status: 'new',
      country: 'DE',
      receivedAt: at,
      person: {
        firstName: 'Kim',
        lastName: 'Lee',
        ...(email === undefined ? {} : { email: email.value }),
        ...(phone === undefined ? {} : { phone: phone.value }),
        attributes: { budget: 5000 },
      },
      at,
    },
  };
}

/** Microseconds of a lead in each stage; the next batch's leads are loaded during an append. */
async function stages(registry: Registry, leads: number, seconds: number): Promise<string> {
  const metric = await registry.getSingleMetric('lead_rotator_router_stage_seconds')?.get();
  const parts = (metric?.values ?? []).filter(
    (value) => 'metricName' in value && String(value.metricName).endsWith('_sum'),
  );
  const named = parts.map(({ labels, value }) => `${labels.stage} ${((value / leads) * 1e6).toFixed(1)} µs`);
  const rest = seconds - parts.reduce((sum, { value }) => sum + value, 0);
  return [...named, `the rest ${((rest / leads) * 1e6).toFixed(1)} µs`].join(', ');
}

/** Every lead once, and in exact turn. */
async function check(log: PostgresEventLog, expected: number): Promise<boolean> {
  const owners: string[] = [];
  const leads = new Set<string>();
  for (let after = 0; ; ) {
    const page = await log.read({ after, limit: 5_000, types: ['LeadAssigned'] });
    for (const { data } of page.events as unknown as EventOfType<'LeadAssigned'>[]) {
      owners.push(data.ownerId);
      leads.add(data.leadId);
    }
    after = page.readTo;
    if (after >= page.head) break;
  }
  const inTurn = owners.every((owner, turn) => owner === members[turn % members.length]);
  console.log(`check: ${owners.length} of ${expected} assigned, ${leads.size} leads, in turn: ${inTurn}`);
  return owners.length === expected && leads.size === expected && inTurn;
}

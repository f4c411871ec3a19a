import { OrganizationDirectory } from '@lead-rotator/command-handling';
import { InMemoryContacts, InMemoryEventLog } from '@lead-rotator/event-log';
import { createLogger, MonotonicClock, parseSettings } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { CaptureLeads } from '../capture-leads.handler.ts';
import { InboundLeadsConsumer } from '../inbound-leads.consumer.ts';
import { IntakeMetrics } from '../intake-metrics.ts';
import { LeadsController } from '../leads.controller.ts';
import { OrganizationCountry } from '../organization-country.ts';

export const now = Date.parse('2026-01-05T09:00:00.120Z');

/** The parts of intake on a log in memory, at a time that stands still. */
export function intakeInMemory(environment: Readonly<Record<string, string>> = {}) {
  const log = new InMemoryEventLog();
  const metrics = new IntakeMetrics(new Registry());
  const capture = new CaptureLeads(
    log,
    new InMemoryContacts(),
    new MonotonicClock(() => now),
    metrics,
    createLogger('silent', 'intake'),
  );
  const country = new OrganizationCountry(new OrganizationDirectory(log), parseSettings(environment));
  return {
    log,
    controller: new LeadsController(capture, country, metrics),
    consumer: new InboundLeadsConsumer(capture, country, metrics),
    /** The data of everything captured so far, in the order of the log. */
    async captured() {
      const { events } = await log.read({ types: ['LeadCaptured'] });
      return events.map((event) => event.data as { sourceLeadId: string; source: string; contactIds: string[] });
    },
  };
}

import { OrganizationDirectory } from '@lead-rotator/command-handling';
import {
  CaptureLeads,
  InboundLeadsConsumer,
  IntakeMetrics,
  LeadsController,
  OrganizationCountry,
} from '@lead-rotator/intake';
import { Registry } from 'prom-client';
import { type CopyParts, consume, logger, newClock, settings } from './copy-parts.ts';

/** Intake as its module puts it together; what is returned takes the requests. */
export function startIntake({ log, bus }: CopyParts): LeadsController {
  const clock = newClock();
  const metrics = new IntakeMetrics(new Registry());
  const capture = new CaptureLeads(log, log.contacts, clock, metrics, logger);
  const country = new OrganizationCountry(new OrganizationDirectory(log), settings);
  const consumer = new InboundLeadsConsumer(capture, country, metrics);
  consume(consumer, ['take'], { bus, group: 'intake', now: () => clock.now() });
  return new LeadsController(capture, country, metrics);
}

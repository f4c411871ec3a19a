import { OrganizationDirectory } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { bodyLimit, EVENT_LOG, type Service } from '@lead-rotator/service-host';
import { Module, type Provider } from '@nestjs/common';
import { CaptureLeads } from './capture-leads.handler.ts';
import { InboundLeadsConsumer } from './inbound-leads.consumer.ts';
import { IntakeMetrics } from './intake-metrics.ts';
import { batchLimit, LeadsController } from './leads.controller.ts';
import { OrganizationCountry } from './organization-country.ts';

const directory: Provider = {
  provide: OrganizationDirectory,
  inject: [EVENT_LOG],
  useFactory: (log: EventLog) => new OrganizationDirectory(log),
};

@Module({
  controllers: [LeadsController, InboundLeadsConsumer],
  providers: [CaptureLeads, IntakeMetrics, OrganizationCountry, directory],
})
class IntakeModule {}

export const intake: Service = {
  name: 'intake',
  module: IntakeModule,
  api: { title: 'Intake', about: 'send leads in' },
  consumes: {},
  bodyLimits: { '/leads/batch': batchLimit * bodyLimit },
};

import type { Service } from '@lead-rotator/service-host';
import { bodyLimit } from '@lead-rotator/service-host';
import { Module } from '@nestjs/common';
import { CaptureLeads } from './capture-leads.handler.ts';
import { InboundLeadsConsumer } from './inbound-leads.consumer.ts';
import { IntakeMetrics } from './intake-metrics.ts';
import { batchLimit, LeadsController } from './leads.controller.ts';
import { OrganizationCountry } from './organization-country.ts';

@Module({
  controllers: [LeadsController, InboundLeadsConsumer],
  providers: [CaptureLeads, IntakeMetrics, OrganizationCountry],
})
class IntakeModule {}

export const intake: Service = {
  name: 'intake',
  module: IntakeModule,
  api: { title: 'Intake', about: 'send leads in' },
  consumes: {},
  bodyLimits: { '/leads/batch': batchLimit * bodyLimit },
};

export { CaptureLeads } from './capture-leads.handler.ts';
export { InboundLeadsConsumer } from './inbound-leads.consumer.ts';
export * from './intake.module.ts';
export { IntakeMetrics } from './intake-metrics.ts';
export { LeadsController } from './leads.controller.ts';
export { OrganizationCountry } from './organization-country.ts';

export { assignCapturedLead } from './decisions/assign-captured-lead.ts';
export { type CapturedLead, capturedLeads } from './decisions/captured-lead.ts';
export { DecideLeads } from './decisions/decide-leads.handler.ts';
export { MeasuredLog } from './decisions/measured-log.ts';
export * from './migrations/index.ts';
export { routerTables } from './projected-tables.ts';
export { router } from './router.module.ts';
export { RouterMetrics } from './router-metrics.ts';

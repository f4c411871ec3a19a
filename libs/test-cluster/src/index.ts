export * from './decided-leads.ts';
export * from './faults/run-faults.ts';
export * from './lead-messages.ts';
export * from './run-command.ts';
export * from './service-process.ts';
export * from './team.ts';
export * from './test-cluster.ts';

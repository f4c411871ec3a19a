export * from './as-admin.ts';
export * from './broker.ts';
export * from './delete-messages.ts';
export * from './leader-of.ts';
export * from './test-kafka.ts';

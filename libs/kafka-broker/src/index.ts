export * from './broker.ts';
export * from './delete-messages.ts';
export * from './test-kafka.ts';

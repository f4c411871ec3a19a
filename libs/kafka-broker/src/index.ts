export * from './broker.ts';
export * from './test-kafka.ts';

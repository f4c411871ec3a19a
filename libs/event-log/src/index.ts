export * from './errors.ts';
export * from './event-log.ts';
export * from './in-memory-event-log.ts';
export * from './migrations/index.ts';
export * from './postgres-event-log.ts';

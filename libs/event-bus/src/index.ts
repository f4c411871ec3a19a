export * from './bus-logger.ts';
export * from './errors.ts';
export * from './event-bus.ts';
export * from './kafka/kafka-event-bus.ts';
export type * from './kafka/kafka-settings.ts';

export * from './errors.ts';
export * from './event-bus.ts';

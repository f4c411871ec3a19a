export * from './brand.ts';
export * from './decider.ts';
export * from './event.ts';
export * from './instant.ts';
export * from './rejection.ts';
export * from './tag.ts';
export * from './unit.ts';
export * from './unreachable.ts';

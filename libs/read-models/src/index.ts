export * from './migrations/index.ts';
export * from './table-projection.ts';
export * from './table-projector.ts';

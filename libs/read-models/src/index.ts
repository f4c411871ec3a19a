export * from './columns.ts';
export * from './migrations/index.ts';
export * from './rebuild-tables.ts';
export * from './replayed-tables.ts';
export * from './table-projection.ts';
export * from './table-projector.ts';

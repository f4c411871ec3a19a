export * from './migrations/index.ts';
export { slaTables } from './projected-tables.ts';
export { sla } from './sla.module.ts';

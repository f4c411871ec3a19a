export * from './migrations/index.ts';
export { sla } from './sla.module.ts';

export * from './migrations/index.ts';
export { router } from './router.module.ts';

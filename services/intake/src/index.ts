export * from './intake.module.ts';

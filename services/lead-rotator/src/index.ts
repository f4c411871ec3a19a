export { migrations } from './migrations.ts';
export { createProgram } from './program.ts';
export { services } from './services.ts';

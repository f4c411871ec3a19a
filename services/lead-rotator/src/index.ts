export { createProgram } from './program.ts';
export { services } from './services.ts';

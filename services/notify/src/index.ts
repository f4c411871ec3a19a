export { notify } from './notify.module.ts';

export { eventually } from '@lead-rotator/eventually';

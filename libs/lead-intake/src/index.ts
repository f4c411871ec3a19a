export * from './accept-lead.ts';
export * from './capture-lead.ts';
export * from './fault.ts';
export * from './lead-id.ts';
export * from './lead-id-of-input.ts';
export * from './normalise-email.ts';
export * from './normalise-phone.ts';
export * from './stand-in-id.ts';
export { textFaults } from './text-faults.ts';

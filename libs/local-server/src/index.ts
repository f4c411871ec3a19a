export * from './find-free-port.ts';
export * from './guard-child.ts';

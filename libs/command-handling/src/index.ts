export * from './command.ts';
export * from './command-handler.ts';
export * from './distribution-projection.ts';
export * from './lane.ts';
export * from './postgres-turns.ts';
export * from './projection.ts';
export * from './turn-taking.ts';

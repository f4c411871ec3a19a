export { ScenarioFault } from './file/fault.ts';
export { parseScenario, type Scenario } from './file/parse-scenario.ts';
export { captureLead } from './run/capture-lead.ts';
export type { Commands, SimulatedCommand } from './run/commands.ts';
export type { Difference } from './run/differences.ts';
export type { ScenarioResult } from './run/result.ts';
export { Simulation } from './run/simulation.ts';
export * from './run-scenario.ts';
export { tell } from './tell.ts';

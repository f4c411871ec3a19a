export { ScenarioFault } from './file/fault.ts';
export { parseScenario, type Scenario } from './file/parse-scenario.ts';
export type { Difference } from './run/differences.ts';
export type { ScenarioResult } from './run/result.ts';
export * from './run-scenario.ts';
export { tell } from './tell.ts';

import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { parseScenario, type Scenario } from './file/parse-scenario.ts';
import { type Difference, differencesOf } from './run/differences.ts';
import { resultOf, type ScenarioResult } from './run/result.ts';
import { setUp } from './run/set-up.ts';
import { Simulation } from './run/simulation.ts';
import { takeStep } from './run/take-step.ts';

/** How a scenario came out. */
export interface ScenarioRun {
  readonly title: string;
  /** Nothing differs from what was expected. */
  readonly passed: boolean;
  readonly differences: readonly Difference[];
  readonly result: ScenarioResult;
  /** All events, in order, with those that set the scene. */
  readonly events: readonly LeadRotatorEvent[];
}

/**
 * Runs a scenario file through the same deciders as the services, on a virtual clock.
 * @throws ScenarioFault when the file cannot be understood.
 */
export const runScenario = (yaml: string): ScenarioRun => playScenario(parseScenario(yaml));

export function playScenario(scenario: Scenario): ScenarioRun {
  const simulation = new Simulation(scenario.start);
  setUp(simulation, scenario);
  const differences: Difference[] = [];
  for (const { at, path, happening, refused } of scenario.steps) {
    simulation.advanceTo(at);
    const code = takeStep(simulation, happening);
    simulation.releaseWaiting();
    if (code !== refused) differences.push({ path, expected: refused ?? 'done', found: code ?? 'done' });
  }
  const result = resultOf(simulation);
  differences.push(...differencesOf(scenario.expect, result));
  return {
    title: scenario.title,
    passed: differences.length === 0,
    differences,
    result,
    events: simulation.world.events,
  };
}

import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { parseScenario, type Scenario } from './file/parse-scenario.ts';
import type { Commands } from './run/commands.ts';
import { type Difference, differencesOf } from './run/differences.ts';
import { resultOf, type ScenarioResult } from './run/result.ts';
import { settingUp } from './run/set-up.ts';
import { Simulation } from './run/simulation.ts';
import { takingStep } from './run/take-step.ts';

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
  return simulation.run(playing(simulation, scenario));
}

/** A scenario as commands, for who runs them elsewhere than in memory: `simulation` has to be told of all events. */
export function* playing(simulation: Simulation, scenario: Scenario): Commands<ScenarioRun> {
  yield* settingUp(scenario);
  const differences: Difference[] = [];
  for (const { at, path, happening, refused } of scenario.steps) {
    yield* simulation.passing(at);
    const code = yield* takingStep(simulation.world, happening);
    yield* simulation.releasing();
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

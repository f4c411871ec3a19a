import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import type { Distribution, RefusalCode } from '@lead-rotator/rotation';
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
  /** What part of its turns a weighted rotation owes to each member. */
  readonly shares: ReadonlyMap<RotationId, ReadonlyMap<UserId, number>>;
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
    const { code, because } = yield* reasoned(takingStep(simulation.world, happening));
    yield* simulation.releasing();
    if (code === refused) continue;
    differences.push({ path, expected: refused ?? 'done', found: code ?? 'done', ...(because ? { because } : {}) });
  }
  const result = resultOf(simulation);
  differences.push(...differencesOf(scenario.expect, result));
  return {
    title: scenario.title,
    passed: differences.length === 0,
    differences,
    result,
    shares: sharesOf(simulation.world.distribution),
    events: simulation.world.events,
  };
}

/** The code of a step that was refused, with what its refusal says of the reason. */
function* reasoned(
  step: Commands<RefusalCode | undefined>,
): Commands<{ code?: RefusalCode | undefined; because?: string }> {
  let reason: string | undefined;
  let next = step.next();
  while (!next.done) {
    const result = yield next.value;
    const { path, fault } = isRejected(result) ? result.facts : {};
    reason = fault === undefined ? undefined : [path, fault].filter((part) => part !== undefined).join(': ');
    next = step.next(result);
  }
  const code = next.value;
  return code === undefined || reason === undefined ? { code } : { code, because: reason };
}

function sharesOf({ rotationIds, rotations }: Distribution): ScenarioRun['shares'] {
  const weighted = rotationIds
    .flatMap((id) => rotations.get(id) ?? [])
    .filter((one) => one.strategy.type === 'weighted');
  return new Map(weighted.map((rotation) => [rotation.id, rotation.dueParts]));
}

import { parseArgs } from 'node:util';
import { parseScenario, playScenario, type Scenario, type ScenarioRun } from '@lead-rotator/scenario';
import { formatSpread, spreadOf } from './figures.ts';
import { describeProcessor } from './machine.ts';

const atMost = 10;

/** A year of leads through the simulator: 50 members with hours, caps and a claim window, one rotation. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { leads: { type: 'string', default: '100000' }, runs: { type: 'string', default: '3' } },
  });
  const leads = Number(values.leads);
  console.log(describeProcessor());
  let right = true;
  for (const claimed of [true, false]) {
    const costs: number[] = [];
    for (let number = 0; number < Number(values.runs); number += 1) {
      const scenario = claimed ? withClaims(leads) : parseScenario(fileOf(leads, unclaimed));
      const start = process.cpuUsage();
      const played = playScenario(scenario);
      const { user, system } = process.cpuUsage(start);
      costs.push((user + system) / 1e6);
      right &&= isRight(played, leads, claimed);
    }
    const kind = claimed ? 'all claimed' : 'none claimed, so each given twice, with hours and caps that bind';
    const spread = spreadOf(costs);
    right &&= spread.min <= atMost;
    console.log(`${leads} leads over a year, ${kind}: ${formatSpread(spread, 1)} s of CPU time`);
  }
  console.log(`check: every lead is decided, no cap is passed, and ${atMost} s are enough: ${right}`);
  return right;
}

const every = (leads: number): number => Math.floor((365 * 86_400) / leads);

/** One rotation of 50 members; `more` is said of each user. */
const fileOf = (leads: number, more: (number: number) => object): string =>
  JSON.stringify({
    start: '2026-01-01T00:00:00Z',
    users: Array.from({ length: 50 }, (_, number) => ({ id: `u${number}`, ...more(number) })),
    rotations: [
      {
        id: 'web',
        members: Array.from({ length: 50 }, (_, number) => `u${number}`),
        whenNobody: 'hold',
        caps: { hourly: 4, daily: 30 },
        claim: { within: '30m', pauses: [{ days: 'mon-sun', from: '22:00', to: '07:00' }], maxReassignments: 1 },
      },
    ],
    steps: [{ leads: { count: leads, every: `${every(leads)}s`, prefix: 'L' } }],
  });

const unclaimed = (number: number): object => ({
  hours: { 'mon-sat': `0${6 + (number % 3)}:00-2${number % 3}:00` },
  caps: { daily: 25 },
});

/** Everybody is there and calls at once, so that the line is never broken and the owner of each lead is known. */
function withClaims(leads: number): Scenario {
  const scenario = parseScenario(fileOf(leads, () => ({})));
  const steps = scenario.steps.flatMap((step, index) => {
    const act = { lead: `L${index + 1}`, by: `u${index % 50}`, kind: 'call' };
    return [step, { at: step.at + 60_000, path: step.path, happening: { act } }];
  });
  return { ...scenario, steps };
}

function isRight({ events, result }: ScenarioRun, leads: number, claimed: boolean): boolean {
  const turnsOfDay = new Map<string, number>();
  for (const { type, data } of events) {
    if ((type !== 'LeadAssigned' && type !== 'LeadReassigned') || data.turn === undefined) continue;
    const day = `${data.ownerId} ${data.at.slice(0, 10)}`;
    turnsOfDay.set(day, (turnsOfDay.get(day) ?? 0) + 1);
  }
  const limit = claimed ? 30 : 25;
  const isDecided = Object.keys(result.owners).length === leads;
  const isKept = [...turnsOfDay.values()].every((turns) => turns <= limit);
  return isDecided && isKept && (!claimed || result.claimed.length === leads);
}

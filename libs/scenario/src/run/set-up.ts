import type { Result } from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import {
  addMember,
  changeOrganization,
  createRotation,
  type Distribution,
  deactivateUser,
  defineCalendar,
  definePage,
  defineTerritory,
  publishRules,
  registerUser,
  switchUser,
} from '@lead-rotator/rotation';
import type { Scenario } from '../file/parse-scenario.ts';
import type { Commands } from './commands.ts';
import { faultOf } from './fault-of.ts';
import type { Simulation } from './simulation.ts';

/**
 * Users, rotations and rules as the file has them, by the same commands as in the services.
 * @throws ScenarioFault for what these refuse.
 */
export function setUp(simulation: Simulation, scenario: Scenario): void {
  simulation.run(settingUp(scenario));
}

/** @throws ScenarioFault */
export function* settingUp(scenario: Scenario): Commands<void> {
  for (const [path, decide] of configurationOf(scenario)) {
    const result = yield { decide };
    if (isRejected(result)) throw faultOf(scenario, path, result);
  }
}

type Decide = (distribution: Distribution, at: number) => Result;

/** Each command with the place in the file that it comes from. */
function* configurationOf(scenario: Scenario): Generator<readonly [path: string, decide: Decide]> {
  const { timeZone, country, existingContact, preassigned } = scenario.organization;
  const organization = { timeZone, country, existingContact, preassigned };
  yield ['', (distribution, at) => changeOrganization(distribution, organization, at)];
  for (const [id, calendar] of Object.entries(scenario.calendars)) {
    const defined = { calendarId: id, ...calendar };
    yield [`calendars.${id}`, (distribution, at) => defineCalendar(distribution, defined, at)];
  }
  for (const [id, condition] of Object.entries(scenario.territories)) {
    const defined = { territoryId: id, condition };
    yield [`territories.${id}`, (distribution, at) => defineTerritory(distribution, defined, at)];
  }
  const all = scenario.users.map(({ user }) => user.userId);
  for (const [index, { user, active, switchedOn }] of scenario.users.entries()) {
    const path = `users[${index}]`;
    yield [path, (distribution, at) => registerUser(distribution, user, at, all)];
    if (!active) yield [path, (distribution, at) => deactivateUser(distribution, user.userId, at)];
    if (!switchedOn) yield [path, (distribution, at) => switchUser(distribution, user.userId, false, at)];
  }
  const together = scenario.rotations.map(({ id }) => id);
  for (const [index, { id, on, members, settings }] of scenario.rotations.entries()) {
    const path = `rotations[${index}]`;
    const { claim, ...rest } = settings;
    const own = { rotationId: id, name: id, on, together, settings: { ...rest, ...(claim ? { claim } : {}) } };
    yield [path, (distribution, at) => createRotation(distribution, own, at)];
    for (const [place, member] of members.entries()) {
      const added = { rotationId: id, ...member };
      yield [`${path}.members[${place}]`, (distribution, at) => addMember(distribution, added, at)];
    }
  }
  for (const [index, { id, owner, rotation }] of scenario.pages.entries()) {
    const page = { pageId: id, ownerId: owner, ...(rotation === undefined ? {} : { rotationId: rotation }) };
    yield [`pages[${index}]`, (distribution, at) => definePage(distribution, page, at)];
  }
  const { rules } = scenario;
  if (rules !== undefined) yield ['rules', (distribution, at) => publishRules(distribution, rules, at)];
}

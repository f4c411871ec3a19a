import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import {
  addMember,
  changeOrganization,
  createRotation,
  deactivateUser,
  defineCalendar,
  definePage,
  defineTerritory,
  publishRules,
  registerUser,
  switchUser,
} from '@lead-rotator/rotation';
import { ScenarioFault } from '../file/fault.ts';
import type { Scenario } from '../file/parse-scenario.ts';
import type { Simulation } from './simulation.ts';

/**
 * Users, rotations and rules as the file has them, by the same commands as in the services.
 * @throws ScenarioFault for what these refuse.
 */
export function setUp(simulation: Simulation, scenario: Scenario): void {
  const { distribution } = simulation.world;
  const at = scenario.start;
  const run = (path: string, result: readonly LeadRotatorEvent[] | Rejection): void => {
    if (isRejected(result)) throw refused(path, result);
    simulation.commit(result);
  };
  const { timeZone, country, existingContact, preassigned } = scenario.organization;
  run('', changeOrganization(distribution, { timeZone, country, existingContact, preassigned }, at));
  for (const [id, calendar] of Object.entries(scenario.calendars)) {
    run(`calendars.${id}`, defineCalendar(distribution, { calendarId: id, ...calendar }, at));
  }
  for (const [id, condition] of Object.entries(scenario.territories)) {
    run(`territories.${id}`, defineTerritory(distribution, { territoryId: id, condition }, at));
  }
  scenario.users.forEach(({ user, active, switchedOn }, index) => {
    run(`users[${index}]`, registerUser(distribution, user, at));
    if (!active) run(`users[${index}]`, deactivateUser(distribution, user.userId, at));
    if (!switchedOn) run(`users[${index}]`, switchUser(distribution, user.userId, false, at));
  });
  const together = scenario.rotations.map(({ id }) => id);
  scenario.rotations.forEach(({ id, on, members, settings }, index) => {
    const { claim, ...rest } = settings;
    const own = { rotationId: id, name: id, on, together, settings: { ...rest, ...(claim ? { claim } : {}) } };
    run(`rotations[${index}]`, createRotation(distribution, own, at));
    members.forEach((member, place) => {
      run(`rotations[${index}].members[${place}]`, addMember(distribution, { rotationId: id, ...member }, at));
    });
  });
  for (const [index, { id, owner, rotation }] of scenario.pages.entries()) {
    const page = { pageId: id, ownerId: owner, ...(rotation === undefined ? {} : { rotationId: rotation }) };
    run(`pages[${index}]`, definePage(distribution, page, at));
  }
  if (scenario.rules !== undefined) run('rules', publishRules(distribution, scenario.rules, at));
}

function refused(path: string, { code, facts }: Rejection): ScenarioFault {
  const { path: within, fault, ...more } = facts;
  const place = [path, within].filter((part) => part !== undefined && part !== '').join('.');
  return new ScenarioFault(
    place,
    more.found ?? code,
    String(fault ?? JSON.stringify(facts)),
    more.meant as string | undefined,
  );
}

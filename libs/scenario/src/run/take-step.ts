import {
  assignLead,
  changeLeadStatus,
  closeLead,
  declineLead,
  handOverLead,
  isPermitted,
  leaveDeactivatedOwner,
  mayPickUp,
  pickUpLead,
  type Result,
  recordActivity,
  rerouteLead,
  type Scene,
} from '@lead-rotator/claim';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { ActivityId, LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import {
  activateUser,
  addMember,
  changeRotation,
  creditMember,
  type Distribution,
  deactivateUser,
  moveMember,
  pauseMember,
  planAway,
  type RefusalCode,
  removeMember,
  resumeMember,
  switchRotation,
  switchUser,
} from '@lead-rotator/rotation';
import type { ScenarioLead } from '../file/read-people.ts';
import type { Happening } from '../file/read-steps.ts';
import { faultOfLead } from './capture-lead.ts';
import type { Commands, SimulatedCommand } from './commands.ts';
import type { Simulation } from './simulation.ts';
import type { World } from './world.ts';

/** Does what a step says, at the present time; gives back the code if it was refused. */
export const takeStep = (simulation: Simulation, step: Happening): RefusalCode | undefined =>
  simulation.run(takingStep(simulation.world, step));

/** The same as commands; `world` is what they have come to so far. */
export function* takingStep(world: World, step: Happening): Commands<RefusalCode | undefined> {
  if ('wait' in step) return undefined;
  if ('lead' in step) return yield* takeIn(world, step.lead);
  if ('act' in step) return yield* takeAct(world, step.act);
  if ('pickUp' in step) return yield* pickUp(world, step.pickUp);
  if ('deactivate' in step) return yield* deactivate(world, step.deactivate.user);
  return codeOf(yield commandOf(world.distribution, step));
}

type Simple = Exclude<
  Happening,
  { wait: unknown } | { lead: unknown } | { act: unknown } | { pickUp: unknown } | { deactivate: unknown }
>;

/** Steps that are one command. */
function commandOf(distribution: Distribution, step: Simple): SimulatedCommand {
  const ofUser = (idOrEmail: string) => userNamed(distribution, idOrEmail);
  const ofMember = ({ rotation, user }: { rotation: string; user: string }) => ({
    rotationId: rotation as RotationId,
    userId: ofUser(user),
  });
  if ('decline' in step) {
    const by = ofUser(step.decline.by);
    return ofLead(step.decline.lead, (scene, at) => declineLead(scene, { by }, at));
  }
  if ('transfer' in step) {
    const { lead, to, by } = step.transfer;
    const given = { to: ofUser(to), ...(by === undefined ? {} : { by: ofUser(by) }) };
    return ofLead(lead, (scene, at) => handOverLead(scene, given, at));
  }
  if ('reroute' in step) return ofLead(step.reroute.lead, rerouteLead);
  if ('outcome' in step) return ofLead(step.outcome.lead, (scene, at) => closeLead(scene, step.outcome.is, at));
  if ('status' in step) return ofLead(step.status.lead, (scene, at) => changeLeadStatus(scene, step.status.is, at));
  return { decide: configuring(step, ofUser, ofMember) };
}

type Configuring = Exclude<
  Simple,
  { decline: unknown } | { transfer: unknown } | { reroute: unknown } | { outcome: unknown } | { status: unknown }
>;

function configuring(
  step: Configuring,
  ofUser: (idOrEmail: string) => UserId,
  ofMember: (member: { rotation: string; user: string }) => { rotationId: RotationId; userId: UserId },
): (distribution: Distribution, at: number) => Result {
  if ('add' in step) {
    const { rotation, ...member } = step.add;
    return (distribution, at) => addMember(distribution, { rotationId: rotation, ...member }, at);
  }
  if ('remove' in step) return (distribution, at) => removeMember(distribution, ofMember(step.remove), at);
  if ('move' in step) {
    return (distribution, at) => moveMember(distribution, { ...ofMember(step.move), place: step.move.at }, at);
  }
  if ('pause' in step) return (distribution, at) => pauseMember(distribution, ofMember(step.pause), at);
  if ('resume' in step) return (distribution, at) => resumeMember(distribution, ofMember(step.resume), at);
  if ('credit' in step) {
    const credit = { ...ofMember(step.credit), by: step.credit.by };
    return (distribution, at) => creditMember(distribution, credit, at);
  }
  if ('away' in step) {
    const away = { ...step.away, userId: ofUser(step.away.user) };
    return (distribution, at) => planAway(distribution, away, at);
  }
  if ('activate' in step) return (distribution, at) => activateUser(distribution, ofUser(step.activate.user), at);
  if ('change' in step) {
    return (distribution, at) => changeRotation(distribution, step.change.rotation, step.change.settings, at);
  }
  const { rotation, user, on } = step.switch;
  if (user !== undefined) return (distribution, at) => switchUser(distribution, ofUser(user), on, at);
  return (distribution, at) => switchRotation(distribution, (rotation ?? '') as RotationId, on, at);
}

const codeOf = (result: Result): RefusalCode | undefined => (isRejected(result) ? result.code : undefined);

const userNamed = (distribution: Distribution, idOrEmail: string) =>
  (distribution.findUser(idOrEmail)?.id ?? idOrEmail) as UserId;

const ofLead = (lead: string, decide: (scene: Scene, at: number) => Result): SimulatedCommand => ({
  leadId: lead as LeadId,
  decide,
});

/** What intake would refuse is refused; the same lead again: nothing happens. */
function* takeIn(world: World, given: ScenarioLead): Commands<RefusalCode | undefined> {
  const fault = faultOfLead(given, world.distribution.organization.country);
  if (fault !== undefined) return codeOf(yield { decide: () => fault });
  if (world.lead(given.id) !== undefined) return undefined;
  yield { capture: given };
  yield ofLead(given.id, assignLead);
  return undefined;
}

/** Outcomes of acts that a file knows as refusals, though the act is recorded. */
export const refusedOutcomes: readonly string[] = ['too-late', 'taken', 'not-allowed'];

/** The act is recorded in any case; the answer says if it came too late, or if the lead is taken. */
function* takeAct(
  world: World,
  act: { lead: string; by: string; kind: string; automated?: boolean },
): Commands<RefusalCode | undefined> {
  const user = world.distribution.findUser(act.by);
  if (user === undefined) return 'unknown-user';
  const { kind, automated = false } = act;
  const activity = { activityId: `act ${world.events.length + 1}` as ActivityId, userId: user.id, kind, automated };
  const result = yield ofLead(act.lead, (scene, at) => recordActivity(scene, { ...activity, occurredAt: at }, at));
  if (isRejected(result)) return result.code;
  const recorded = result.find((event) => event.type === 'LeadActivityRecorded');
  const outcome = recorded?.type === 'LeadActivityRecorded' ? recorded.data.outcome : '';
  return refusedOutcomes.includes(outcome) ? (outcome as RefusalCode) : undefined;
}

/** A lead by its id, or the one that waits longest in a queue among those that may be picked. */
function* pickUp(
  world: World,
  { lead, queue, by: user }: { lead?: string; queue?: string; by: string },
): Commands<RefusalCode | undefined> {
  const by = userNamed(world.distribution, user);
  const picking = (id: string) => ofLead(id, (scene, at) => pickUpLead(scene, { by }, at));
  if (lead !== undefined) return codeOf(yield picking(lead));
  const rotation = world.distribution.rotations.get((queue ?? '') as RotationId);
  if (rotation === undefined) return 'unknown-rotation';
  const waiting = [...world.leads.values()]
    .filter((one) => one.waitingIn === rotation.id)
    .sort((one, other) => world.movedAt(one) - world.movedAt(other));
  const first = waiting.find((one) => isPermitted(rotation, one)) ?? waiting[0];
  if (!mayPickUp(world.distribution, rotation, by)) return 'not-allowed';
  return first === undefined ? 'not-in-queue' : codeOf(yield picking(first.facts.leadId));
}

/** Their unclaimed leads go on, in the order in which they got them; a follower goes with the one it follows. */
function* deactivate(world: World, user: string): Commands<RefusalCode | undefined> {
  const userId = userNamed(world.distribution, user);
  if (world.distribution.users.get(userId)?.active === false) return undefined;
  const owned = world.ownedBy(userId);
  const deactivating = { decide: (distribution: Distribution, at: number) => deactivateUser(distribution, userId, at) };
  const code = codeOf(yield deactivating);
  if (code !== undefined) return code;
  const inOrder = [...owned.filter((lead) => lead.follows === undefined), ...owned.filter((lead) => lead.follows)];
  for (const lead of inOrder) {
    if (lead.ownerId === userId) yield ofLead(lead.facts.leadId, leaveDeactivatedOwner);
  }
  return undefined;
}

import {
  assignLead,
  changeLeadStatus,
  closeLead,
  declineLead,
  handOverLead,
  isPermitted,
  type LeadState,
  leaveDeactivatedOwner,
  pickUpLead,
  type Result,
  recordActivity,
  rerouteLead,
  type Scene,
} from '@lead-rotator/claim';
import { isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { ActivityId, RotationId, UserId } from '@lead-rotator/lead-events';
import {
  activateUser,
  addMember,
  changeRotation,
  creditMember,
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
import type { Happening } from '../file/read-steps.ts';
import { captureLead } from './capture-lead.ts';
import type { Simulation } from './simulation.ts';

/** Does what a step says, at the present time; gives back the code if it was refused. */
export function takeStep(simulation: Simulation, step: Happening): RefusalCode | undefined {
  const { now, world } = simulation;
  const { distribution } = world;
  const run = (result: Result) => simulation.commit(result);
  const ofLead = (id: string, decide: (scene: Scene) => Result) => run(decideOn(simulation, id, decide));
  const ofUser = (idOrEmail: string) => (distribution.findUser(idOrEmail)?.id ?? idOrEmail) as UserId;
  const ofMember = ({ rotation, user }: { rotation: string; user: string }) => ({
    rotationId: rotation as RotationId,
    userId: ofUser(user),
  });
  if ('wait' in step) return undefined;
  if ('lead' in step) return takeIn(simulation, step.lead);
  if ('act' in step) return takeAct(simulation, step.act);
  if ('decline' in step)
    return ofLead(step.decline.lead, (scene) => declineLead(scene, { by: ofUser(step.decline.by) }, now));
  if ('pickUp' in step) return pickUp(simulation, step.pickUp, ofUser(step.pickUp.by));
  if ('transfer' in step) {
    const { lead, to, by } = step.transfer;
    const command = { to: ofUser(to), ...(by === undefined ? {} : { by: ofUser(by) }) };
    return ofLead(lead, (scene) => handOverLead(scene, command, now));
  }
  if ('reroute' in step) return ofLead(step.reroute.lead, (scene) => rerouteLead(scene, now));
  if ('outcome' in step) return ofLead(step.outcome.lead, (scene) => closeLead(scene, step.outcome.is, now));
  if ('status' in step) return ofLead(step.status.lead, (scene) => changeLeadStatus(scene, step.status.is, now));
  if ('add' in step) {
    const { rotation, ...member } = step.add;
    return run(addMember(distribution, { rotationId: rotation, ...member }, now));
  }
  if ('remove' in step) return run(removeMember(distribution, ofMember(step.remove), now));
  if ('move' in step) return run(moveMember(distribution, { ...ofMember(step.move), place: step.move.at }, now));
  if ('pause' in step) return run(pauseMember(distribution, ofMember(step.pause), now));
  if ('resume' in step) return run(resumeMember(distribution, ofMember(step.resume), now));
  if ('credit' in step) return run(creditMember(distribution, { ...ofMember(step.credit), by: step.credit.by }, now));
  if ('away' in step) return run(planAway(distribution, { ...step.away, userId: ofUser(step.away.user) }, now));
  if ('activate' in step) return run(activateUser(distribution, ofUser(step.activate.user), now));
  if ('deactivate' in step) return deactivate(simulation, ofUser(step.deactivate.user));
  if ('change' in step) return run(changeRotation(distribution, step.change.rotation, step.change.settings, now));
  const { rotation, user, on } = step.switch;
  if (user !== undefined) return run(switchUser(distribution, ofUser(user), on, now));
  return run(switchRotation(distribution, (rotation ?? '') as RotationId, on, now));
}

function decideOn(simulation: Simulation, id: string, decide: (scene: Scene) => Result): Result {
  const lead = simulation.world.lead(id);
  return lead === undefined ? new Rejection('unknown-lead', { leadId: id }) : decide(simulation.world.sceneOf(lead));
}

/** The same lead again: nothing happens. */
function takeIn(simulation: Simulation, given: Parameters<typeof captureLead>[0]): undefined {
  const { world, now } = simulation;
  if (world.lead(given.id) !== undefined) return;
  simulation.commit([captureLead(given, world.distribution.organization.country, now)]);
  const lead = world.lead(given.id) as LeadState;
  simulation.commit(assignLead(world.sceneOf(lead), now));
}

const refusedOutcomes: readonly string[] = ['too-late', 'taken', 'not-allowed'];

/** The act is recorded in any case; the answer says if it came too late, or if the lead is taken. */
function takeAct(
  simulation: Simulation,
  act: { lead: string; by: string; kind: string; automated?: boolean },
): RefusalCode | undefined {
  const { world, now } = simulation;
  const user = world.distribution.findUser(act.by);
  if (user === undefined) return 'unknown-user';
  const result = decideOn(simulation, act.lead, (scene) =>
    recordActivity(
      scene,
      {
        activityId: `act ${world.events.length + 1}` as ActivityId,
        userId: user.id,
        kind: act.kind,
        automated: act.automated === true,
        occurredAt: now,
      },
      now,
    ),
  );
  const code = simulation.commit(result);
  if (code !== undefined || isRejected(result)) return code;
  const recorded = result.find((event) => event.type === 'LeadActivityRecorded');
  const outcome = recorded?.type === 'LeadActivityRecorded' ? recorded.data.outcome : '';
  return refusedOutcomes.includes(outcome) ? (outcome as RefusalCode) : undefined;
}

/** A lead by its id, or the one that waits longest in a queue among those that may be picked. */
function pickUp(
  simulation: Simulation,
  { lead, queue }: { lead?: string; queue?: string },
  by: UserId,
): RefusalCode | undefined {
  const { world, now } = simulation;
  if (lead !== undefined) {
    return simulation.commit(decideOn(simulation, lead, (scene) => pickUpLead(scene, { by }, now)));
  }
  const rotation = world.distribution.rotations.get((queue ?? '') as RotationId);
  if (rotation === undefined) return 'unknown-rotation';
  const waiting = [...world.leads.values()]
    .filter((one) => one.waitingIn === rotation.id)
    .sort((one, other) => one.waitingSince - other.waitingSince);
  const first = waiting.find((one) => isPermitted(rotation, one)) ?? waiting[0];
  if (first === undefined) return 'not-in-queue';
  return simulation.commit(pickUpLead(world.sceneOf(first), { by }, now));
}

/** Their unclaimed leads go on, in the order in which they got them; a follower goes with the one it follows. */
function deactivate(simulation: Simulation, userId: UserId): RefusalCode | undefined {
  const { world, now } = simulation;
  const owned = world.ownedBy(userId);
  const code = simulation.commit(deactivateUser(world.distribution, userId, now));
  if (code !== undefined) return code;
  const inOrder = [...owned.filter((lead) => lead.follows === undefined), ...owned.filter((lead) => lead.follows)];
  for (const lead of inOrder) {
    if (lead.ownerId === userId) simulation.commit(leaveDeactivatedOwner(world.sceneOf(lead), now));
  }
  return undefined;
}

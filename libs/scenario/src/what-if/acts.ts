import {
  changeLeadStatus,
  closeLead,
  declineLead,
  handOverLead,
  pickUpLead,
  type Result,
  recordActivity,
  rerouteLead,
  type Scene,
} from '@lead-rotator/claim';
import type { LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';

/**
 * What a person did about a lead, as it would be done to the lead as it is here; undefined for what nobody did.
 * An act of the owner there is an act of the owner here: whoever has the lead works it at the same time. Only who
 * declines does so for themselves. What is refused here is not done.
 */
export function actOf(
  event: LeadRotatorEvent,
  ownerThere: UserId | undefined,
): ((scene: Scene, at: number) => Result) | undefined {
  switch (event.type) {
    case 'LeadActivityRecorded': {
      const { activityId, userId, kind, automated, occurredAt } = event.data;
      const act = { activityId, kind, automated, occurredAt: Date.parse(occurredAt) };
      return (scene, at) => {
        const by = userId === ownerThere ? (scene.lead.ownerId ?? userId) : userId;
        return recordActivity(scene, { ...act, userId: by }, at);
      };
    }
    case 'LeadDeclined': {
      const { ownerId: by } = event.data;
      return (scene, at) => declineLead(scene, { by }, at);
    }
    case 'LeadPickedUp': {
      const { ownerId: by } = event.data;
      return (scene, at) => pickUpLead(scene, { by }, at);
    }
    case 'LeadAssigned':
    case 'LeadReassigned': {
      const { ownerId: by, why } = event.data;
      return why.step === 'picked-up' ? (scene, at) => pickUpLead(scene, { by }, at) : undefined;
    }
    case 'LeadHandedOver': {
      const { ownerId: to, why } = event.data;
      return why.reason === 'given' ? (scene, at) => handOverLead(scene, { to }, at) : undefined;
    }
    case 'LeadRerouted':
      return rerouteLead;
    case 'LeadWon':
      return (scene, at) => closeLead(scene, 'won', at);
    case 'LeadLost':
      return (scene, at) => closeLead(scene, 'lost', at);
    case 'LeadStatusChanged': {
      const { status } = event.data;
      return (scene, at) => changeLeadStatus(scene, status, at);
    }
    default:
      return undefined;
  }
}

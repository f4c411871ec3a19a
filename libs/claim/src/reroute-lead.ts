import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { routeLead } from './route-lead.ts';
import { iso, type Result, type Scene } from './scene.ts';

/** Puts a lead without an owner back through the rules, as if nobody had had or declined it. */
export function rerouteLead(scene: Scene, at: EpochMilliseconds): Result {
  const { lead } = scene;
  const { leadId } = lead.facts;
  if (lead.closed !== undefined) return new Rejection('closed', { leadId });
  if (lead.ownerId !== undefined) return new Rejection('taken', { leadId, ownerId: lead.ownerId });
  const rerouted: LeadRotatorEvent = {
    type: 'LeadRerouted',
    data: { leadId, contactIds: [...lead.contactIds], at: iso(at) },
  };
  const fresh: typeof lead = { ...lead, had: [], declined: [], reassignments: 0, offer: undefined };
  return [rerouted, ...routeLead({ ...scene, lead: fresh }, at)];
}

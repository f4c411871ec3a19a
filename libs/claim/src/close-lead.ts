import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import { segmentOf } from '@lead-rotator/rotation';
import { iso, type Result, type Scene } from './scene.ts';

/** The lead is won or lost; its deadline and its waiting end. */
export function closeLead({ distribution, lead }: Scene, outcome: 'won' | 'lost', at: EpochMilliseconds): Result {
  const { leadId, source } = lead.facts;
  if (lead.closed === outcome) return [];
  if (lead.closed !== undefined) return new Rejection('closed', { leadId, outcome: lead.closed });
  const rotation = lead.turnRotationId === undefined ? undefined : distribution.rotations.get(lead.turnRotationId);
  const learns = rotation?.strategy.type === 'predictive';
  return [
    {
      type: outcome === 'won' ? 'LeadWon' : 'LeadLost',
      data: {
        leadId,
        contactIds: [...lead.contactIds],
        ...(lead.ownerId === undefined ? {} : { ownerId: lead.ownerId }),
        ...(rotation === undefined ? {} : { rotationId: rotation.id }),
        ...(learns ? { segment: segmentOf(rotation, lead.facts) } : {}),
        source,
        at: iso(at),
      },
    },
  ];
}

/** The lead is at another step of the pipeline. */
export function changeLeadStatus({ lead }: Scene, status: string, at: EpochMilliseconds): Result {
  if (lead.facts.status === status) return [];
  return [{ type: 'LeadStatusChanged', data: { leadId: lead.facts.leadId, status, at: iso(at) } }];
}

import type { Decider, EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ContactId, EventOfType, InboundLead, LeadId } from '@lead-rotator/lead-events';

/** A lead is either not known yet, or captured, once and for ever. */
export type CaptureState = { readonly status: 'unknown' } | { readonly status: 'captured' };

export interface CaptureLead {
  readonly leadId: LeadId;
  /** The id the source gave it, or the one that stands in for it. */
  readonly sourceLeadId: string;
  /** As `acceptLead` has given it back. */
  readonly lead: InboundLead;
  /** What its email and phone are known by, in this order. */
  readonly contactIds: readonly ContactId[];
  readonly at: EpochMilliseconds;
}

export type LeadCapturedEvent = EventOfType<'LeadCaptured'>;

/** The same lead again changes nothing, whatever it says now: the first answer stands. */
export const captureLead: Decider<CaptureState, CaptureLead, LeadCapturedEvent, never> = {
  initialState: () => ({ status: 'unknown' }),
  evolve: () => ({ status: 'captured' }),
  decide: (state, command) => (state.status === 'captured' ? [] : [leadCaptured(command)]),
};

function leadCaptured({ leadId, sourceLeadId, lead, contactIds, at }: CaptureLead): LeadCapturedEvent {
  const { id: _, source, firstName, lastName, email, phone, attributes, status, receivedAt, ...known } = lead;
  return {
    type: 'LeadCaptured',
    data: {
      leadId,
      source,
      sourceLeadId,
      contactIds: [...contactIds],
      ...known,
      status: status ?? 'new',
      receivedAt: new Date(receivedAt ?? at).toISOString(),
      person: given({ firstName, lastName, email, phone, attributes }),
      at: new Date(at).toISOString(),
    },
  };
}

function given<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const named: Partial<T> = {};
  for (const name in fields) if (fields[name] !== undefined) named[name] = fields[name];
  return named as { [Name in keyof T]: Exclude<T[Name], undefined> };
}

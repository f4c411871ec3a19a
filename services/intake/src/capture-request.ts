import type { Actor, Cause, OrganizationId } from '@lead-rotator/event-sourcing';
import type { InboundLead, LeadId } from '@lead-rotator/lead-events';

/** An accepted lead with the circumstances it came in. */
export interface CaptureRequest {
  readonly organizationId: OrganizationId;
  readonly leadId: LeadId;
  /** The id its source gave it, or what stands in for it. */
  readonly sourceLeadId: string;
  readonly lead: InboundLead;
  /** The user who sent it in, if it was one; its source otherwise. */
  readonly sender?: Actor | undefined;
  readonly cause: Cause;
  readonly traceparent?: string | undefined;
}

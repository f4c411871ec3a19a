/** On the topic of captured leads, keyed by the lead. */
export interface LeadCaptured {
  readonly leadId: string;
  readonly source: string;
  readonly group: string | undefined;
  readonly receivedAt: Date;
}

/** On the topic of assigned leads, keyed by the lead. */
export interface LeadAssigned {
  readonly leadId: string;
  readonly rotationId: string;
  readonly ownerId: string;
  readonly turn: number;
  readonly due: Date;
  readonly assignedAt: Date;
}

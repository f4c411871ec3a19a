import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';

/** A row of `assignments`: once that somebody got a lead. */
export interface AssignmentRow {
  readonly organizationId: string;
  readonly leadId: string;
  readonly position: number;
  readonly at: number;
  readonly userId: string;
  readonly rotationId: string | null;
  readonly byTurn: boolean;
  claimedAt: number | null;
  missedAt: number | null;
  outcome: 'won' | 'lost' | null;
}

/** What became of the last assignment before a page; null: nothing new. */
export type AssignmentChange = Pick<AssignmentRow, 'organizationId' | 'leadId' | 'claimedAt' | 'missedAt' | 'outcome'>;

export interface AssignmentChanges {
  readonly given: AssignmentRow[];
  readonly changed: Map<string, AssignmentChange>;
}

export const assignmentTypes = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadClaimed',
  'ClaimMissed',
  'LeadWon',
  'LeadLost',
] as const satisfies readonly LeadRotatorEvent['type'][];

type Ownership = Extract<RecordedLeadEvent, { type: (typeof assignmentTypes)[number] }>;

const types: ReadonlySet<string> = new Set(assignmentTypes);
const isOwnership = (event: RecordedLeadEvent): event is Ownership => types.has(event.type);

/** Folds events in their order: a lead may go from one to the next more than once within a page. */
export function foldAssignments(events: readonly RecordedLeadEvent[]): AssignmentChanges {
  const changes: AssignmentChanges = { given: [], changed: new Map() };
  const last = new Map<string, AssignmentRow>();
  for (const event of events) {
    if (!isOwnership(event)) continue;
    const { organizationId } = event;
    const { leadId } = event.data;
    const key = `${organizationId} ${leadId}`;
    const given = assignmentOf(event);
    if (given !== undefined) {
      changes.given.push(given);
      last.set(key, given);
      continue;
    }
    const present = last.get(key) ?? changes.changed.get(key) ?? unchanged(organizationId, leadId);
    if (!('position' in present)) changes.changed.set(key, present);
    note(present, event);
  }
  return changes;
}

function assignmentOf(event: Ownership): AssignmentRow | undefined {
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp': {
      const { organizationId, position, at, data } = event;
      return {
        organizationId,
        leadId: data.leadId,
        position,
        at,
        userId: data.ownerId,
        rotationId: ('rotationId' in data ? data.rotationId : undefined) ?? null,
        byTurn: 'turn' in data && data.turn !== undefined,
        claimedAt: null,
        missedAt: null,
        outcome: null,
      };
    }
    default:
      return undefined;
  }
}

function note(present: AssignmentChange, event: Ownership): void {
  if (event.type === 'LeadClaimed') present.claimedAt = event.at;
  if (event.type === 'ClaimMissed') present.missedAt = event.at;
  // Who closes a lead that nobody has closes it for nobody.
  if (event.type === 'LeadWon' && event.data.ownerId !== undefined) present.outcome = 'won';
  if (event.type === 'LeadLost' && event.data.ownerId !== undefined) present.outcome = 'lost';
}

const unchanged = (organizationId: string, leadId: string): AssignmentChange => ({
  organizationId,
  leadId,
  claimedAt: null,
  missedAt: null,
  outcome: null,
});

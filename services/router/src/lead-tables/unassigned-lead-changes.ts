import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';

/** A row of `unassigned_leads`. */
export interface UnassignedLeadRow {
  readonly organizationId: string;
  readonly leadId: string;
  /** The event since which nobody has it. */
  readonly sincePosition: number;
  readonly since: number;
  readonly rotationId: string | null;
  readonly waits: 'for-pick-up' | 'for-somebody' | 'offered' | null;
  readonly until: number | null;
  source: string | null;
}

export interface UnassignedLeadChanges {
  readonly left: Map<string, UnassignedLeadRow>;
  /** Somebody has it, or it is closed. */
  readonly gone: Map<string, Pick<UnassignedLeadRow, 'organizationId' | 'leadId'>>;
}

export const unassignedLeadTypes = [
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadOffered',
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadWon',
  'LeadLost',
] as const satisfies readonly LeadRotatorEvent['type'][];

type Moving = Extract<RecordedLeadEvent, { type: (typeof unassignedLeadTypes)[number] }>;

const types: ReadonlySet<string> = new Set(unassignedLeadTypes);
const moves = (event: RecordedLeadEvent): event is Moving => types.has(event.type);

/** Each lead once, by the last word on it. */
export function foldUnassignedLeads(events: readonly RecordedLeadEvent[]): UnassignedLeadChanges {
  const changes: UnassignedLeadChanges = { left: new Map(), gone: new Map() };
  for (const event of events) {
    if (!moves(event)) continue;
    const { organizationId } = event;
    const { leadId } = event.data;
    const key = `${organizationId} ${leadId}`;
    const place = placeOf(event);
    if (place === undefined) {
      changes.left.delete(key);
      changes.gone.set(key, { organizationId, leadId });
    } else {
      changes.gone.delete(key);
      const since = { sincePosition: event.position, since: event.at };
      changes.left.set(key, { organizationId, leadId, ...since, ...place, source: null });
    }
  }
  return changes;
}

/** Where a lead lies that nobody has; undefined: somebody has it. */
function placeOf(event: Moving): Pick<UnassignedLeadRow, 'rotationId' | 'waits' | 'until'> | undefined {
  switch (event.type) {
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
      return { rotationId: event.data.rotationId ?? null, waits: event.data.waits ?? null, until: null };
    case 'LeadOffered':
      return { rotationId: event.data.rotationId, waits: 'offered', until: Date.parse(event.data.until) };
    default:
      return undefined;
  }
}

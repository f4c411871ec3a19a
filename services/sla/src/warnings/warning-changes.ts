import type { OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { type RotationId, readEvent } from '@lead-rotator/lead-events';
import { type DeadlineChanges, deadlineChanges, deadlineEventTypes } from '../deadlines/deadline-changes.ts';

/** How long before a deadline the owners of a rotation's leads are warned from now on; 0: not at all. */
export interface WarningPolicy {
  readonly organizationId: OrganizationId;
  readonly rotationId: RotationId;
  readonly warnBefore: number;
}

/** A policy, and what happened to deadlines while it and those before it were in force. */
export interface WarningChanges {
  readonly policy: WarningPolicy | undefined;
  readonly deadlines: DeadlineChanges;
}

const ofLeads: ReadonlySet<string> = new Set([...deadlineEventTypes, 'ClaimDeadlineNeared']);

/** Every event by which somebody is to be warned, or not any more. */
export const warningEventTypes = [...ofLeads, 'RotationCreated', 'ClaimPolicyChanged'];

/** A page of events, cut where a policy changes: it touches the turns behind it alone. */
export function warningChanges(events: readonly RecordedEvent[]): WarningChanges[] {
  const runs: { policy: WarningPolicy | undefined; events: RecordedEvent[] }[] = [{ policy: undefined, events: [] }];
  for (const event of events) {
    const policy = policyOf(event);
    if (policy !== undefined) runs.push({ policy, events: [] });
    else if (ofLeads.has(event.type)) runs.at(-1)?.events.push(event);
  }
  return runs.map((run) => ({ policy: run.policy, deadlines: deadlineChanges(run.events) }));
}

function policyOf(recorded: RecordedEvent): WarningPolicy | undefined {
  if (recorded.type !== 'RotationCreated' && recorded.type !== 'ClaimPolicyChanged') return undefined;
  const { organizationId, type, data } = readEvent(recorded);
  if (type === 'RotationCreated') {
    const warnBefore = data.settings.claim?.warnBefore ?? 0;
    return warnBefore === 0 ? undefined : { organizationId, rotationId: data.rotationId, warnBefore };
  }
  if (type !== 'ClaimPolicyChanged') return undefined;
  return { organizationId, rotationId: data.rotationId, warnBefore: data.claim?.warnBefore ?? 0 };
}

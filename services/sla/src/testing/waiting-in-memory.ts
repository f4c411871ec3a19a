import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { waitingChanges, waitingEventTypes } from '../waiting/waiting-changes.ts';
import type { WaitingRotation } from '../waiting/waiting-table.ts';

/** What the table of waiting leads would hold if it were made from the log at this moment. */
export class WaitingInMemory {
  constructor(private readonly log: EventLog) {}

  async rotations(): Promise<WaitingRotation[]> {
    const newest = new Map<RotationId, WaitingRotation>();
    for (const { organizationId, rotationId, since, changed: own } of await this.#rows()) {
      const changed = Math.max(own, newest.get(rotationId)?.changed ?? 0);
      newest.set(rotationId, { organizationId, rotationId, newest: since, changed });
    }
    return [...newest.values()];
  }

  async leads(_: OrganizationId, rotationIds: readonly RotationId[], after: Position, most: number) {
    const rows = await this.#rows();
    return rows.filter(({ rotationId, since }) => since > after && rotationIds.includes(rotationId)).slice(0, most);
  }

  async #rows() {
    const { events } = await this.log.read({ types: waitingEventTypes, limit: 100_000 });
    const { began, changed } = waitingChanges(events);
    const changes = new Map(changed.map(({ leadId, position }) => [leadId, position]));
    return began
      .map((lead) => ({ ...lead, changed: changes.get(lead.leadId) ?? 0 }))
      .toSorted((one, other) => one.since - other.since);
  }
}

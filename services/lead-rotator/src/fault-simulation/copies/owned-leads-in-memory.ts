import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { foldOwnedLeads, type OwnedLead, ownedLeadTypes } from '@lead-rotator/router';

/** The table of owned leads, and who writes it, in the memory of one copy. */
export class OwnedLeadsInMemory {
  readonly #log: EventLog;
  readonly #rows = new Map<string, OwnedLead>();
  readonly lag = 0;
  readonly fault = undefined;
  #position: Position = 0;

  constructor(log: EventLog) {
    this.#log = log;
  }

  async position(): Promise<Position> {
    return this.#position;
  }

  async catchUp(mostMilliseconds: number): Promise<void> {
    const head = await this.#log.head();
    for (const end = Date.now() + mostMilliseconds; this.#position < head && Date.now() < end; ) await sleep(20);
  }

  async leftBehind(organizationId: OrganizationId, ownerIds: readonly UserId[], limit: number): Promise<OwnedLead[]> {
    const owners: readonly string[] = ownerIds;
    return [...this.#rows.values()]
      .filter((row) => row.organizationId === organizationId && owners.includes(row.ownerId))
      .filter((row) => row.outcome === null && !row.ownerFoundInactive)
      .sort((one, other) => one.sincePosition - other.sincePosition)
      .slice(0, limit);
  }

  async run(signal: AbortSignal): Promise<void> {
    const selection = { after: this.#position, types: ownedLeadTypes, listens: false, pollMilliseconds: 500, signal };
    for await (const { events, readTo } of this.#log.follow(selection)) {
      writeOwnedLeads(this.#rows, foldOwnedLeads(events));
      this.#position = readTo;
    }
  }
}

/** Does to the rows, each under its key, what the statements of the table do with a page of events. */
export function writeOwnedLeads(
  rows: Map<string, OwnedLead>,
  { activated, given, changed, gone }: ReturnType<typeof foldOwnedLeads>,
): void {
  for (const row of rows.values()) {
    if (activated.has(`${row.organizationId} ${row.ownerId}`)) row.ownerFoundInactive = false;
  }
  for (const [key, { claimedAt, endsDeadline, outcome, foundInactive }] of changed) {
    const row = rows.get(key);
    if (row === undefined) continue;
    row.claimed ||= claimedAt !== null;
    row.outcome ??= outcome;
    row.ownerFoundInactive ||= foundInactive !== null;
    if (endsDeadline) row.due = null;
  }
  for (const [key, row] of given) rows.set(key, row);
  for (const key of gone.keys()) rows.delete(key);
}

import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { ClientBase } from 'pg';
import { capturedLeads } from '../decisions/captured-lead.ts';
import { loadSql } from '../load-sql.ts';

const selectSources = loadSql('select-sources');

/** More undecided leads than this are not remembered: theirs are read from the log. About 20 MB. */
const most = 100_000;

interface Sourced {
  readonly organizationId: string;
  readonly leadId: string;
  source: string | null;
}

const keyOf = ({ organizationId, leadId }: Pick<Sourced, 'organizationId' | 'leadId'>) => `${organizationId} ${leadId}`;

/**
 * Which source a lead has. The event that gives it to somebody does not say so, and a row for each captured lead, to look
 * it up, would cost as much as all that is written otherwise: so the sources of undecided leads are kept in memory. What
 * is not known there stands in the tables, for a lead that was decided before, or in the log, after a new start.
 */
export class LeadSources {
  readonly #undecided = new Map<string, string>();

  constructor(private readonly log: Pick<EventLog, 'readByTags'>) {}

  /** To be told all events of a page, before its rows ask for their sources. */
  note(events: readonly RecordedLeadEvent[]): void {
    for (const { type, organizationId, data } of events) {
      if (type !== 'LeadCaptured' || this.#undecided.size >= most) continue;
      this.#undecided.set(keyOf({ organizationId, leadId: data.leadId }), data.source);
    }
  }

  /** Gives each row its source. */
  async fill(client: ClientBase, rows: readonly Sourced[]): Promise<void> {
    const open = new Map<string, Sourced[]>();
    for (const row of rows) {
      const key = keyOf(row);
      const known = this.#undecided.get(key);
      if (known !== undefined) row.source = known;
      else open.set(key, [...(open.get(key) ?? []), row]);
    }
    for (const row of rows) this.#undecided.delete(keyOf(row));
    if (open.size > 0) await this.#fromTables(client, open);
    if (open.size > 0) await this.#fromLog(open);
  }

  async #fromTables(client: ClientBase, open: Map<string, Sourced[]>): Promise<void> {
    const wanted = [...open.values()].map(([row]) => row as Sourced);
    const values = [wanted.map(({ organizationId }) => organizationId), wanted.map(({ leadId }) => leadId)];
    const { rows } = await client.query<{ organization_id: string; lead_id: string; source: string }>(
      selectSources,
      values,
    );
    for (const { organization_id: organizationId, lead_id: leadId, source } of rows) {
      settle(open, keyOf({ organizationId, leadId }), source);
    }
  }

  async #fromLog(open: Map<string, Sourced[]>): Promise<void> {
    const wanted = [...open.values()].map(([row]) => row as Sourced);
    for (const [id, own] of Map.groupBy(wanted, ({ organizationId }) => organizationId)) {
      const organizationId = id as OrganizationId;
      const tags = own.map(({ leadId }) => leadTag(leadId as LeadId));
      const events = await this.log.readByTags({ organizationId, tags, types: ['LeadCaptured'] });
      for (const { data } of capturedLeads(events)) {
        settle(open, keyOf({ organizationId: id, leadId: data.leadId }), data.source);
      }
    }
  }
}

function settle(open: Map<string, Sourced[]>, key: string, source: string): void {
  for (const row of open.get(key) ?? []) row.source = source;
  open.delete(key);
}

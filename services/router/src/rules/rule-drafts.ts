import type { Actor, EpochMilliseconds, OrganizationId } from '@lead-rotator/event-sourcing';
import type { Rule } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';

/** Rules that are not published, and by whom they were saved. */
export interface RuleDraft {
  readonly rules: readonly Rule[];
  readonly actor: Actor;
  /** As the database writes it, to the microsecond: what tells one saving from the next. */
  readonly savedAt: string;
}

const [upsert, select, remove] = ['upsert-rule-draft', 'select-rule-draft', 'delete-rule-draft'].map(loadSql) as [
  string,
  string,
  string,
];

/** The draft of each organization, in a table beside the log: it decides nothing. */
export class RuleDrafts {
  constructor(private readonly pool: Pool) {}

  /**
   * @param replaces when the draft was saved that this one takes the place of; absent: of whatever is there.
   * @returns false, and nothing is saved, if the draft is another by now, or none.
   */
  async save(
    organizationId: OrganizationId,
    rules: readonly Rule[],
    actor: Actor,
    replaces?: EpochMilliseconds,
  ): Promise<boolean> {
    const since = replaces === undefined ? null : new Date(replaces).toISOString();
    const { rowCount } = await this.pool.query(upsert, [organizationId, JSON.stringify(rules), actor, since]);
    return rowCount === 1;
  }

  async of(organizationId: OrganizationId): Promise<RuleDraft | undefined> {
    const { rows } = await this.pool.query<{ rules: Rule[]; actor: Actor; saved_at: string }>(select, [organizationId]);
    const [row] = rows;
    return row === undefined ? undefined : { rules: row.rules, actor: row.actor, savedAt: row.saved_at };
  }

  /** @returns false if somebody has saved another one since this was read, which stays. */
  async drop(organizationId: OrganizationId, { savedAt }: RuleDraft): Promise<boolean> {
    const { rowCount } = await this.pool.query(remove, [organizationId, savedAt]);
    return rowCount === 1;
  }
}

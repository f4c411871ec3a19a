import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { Pool, QueryResultRow } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { ChannelName, Delivery, DueNotification, Notification } from './delivery.ts';

/** How much a channel has before it. */
export interface Backlog {
  readonly waiting: number;
  /** When the oldest one that waits was put in; undefined when none waits. */
  readonly oldest: EpochMilliseconds | undefined;
}

interface Row {
  readonly position: Position;
  readonly recipient: string;
  readonly organization: OrganizationId;
  readonly subject: string;
  readonly attempts: number;
}

/** What is still to be told, in a table: it outlives processes, and each subject waits for itself alone. */
export class Outbox {
  readonly #texts = new Map<string, string>();

  constructor(private readonly pool: Pool) {}

  /** What is there already, settled or not, stays as it is: a message that comes twice is told once. */
  async add(channel: ChannelName, notifications: readonly Notification[], now: EpochMilliseconds): Promise<void> {
    await this.#put('insert-notifications', channel, notifications, now);
  }

  /** As `add`, and what was refused is tried anew. */
  async reopen(channel: ChannelName, notifications: readonly Notification[], now: EpochMilliseconds): Promise<void> {
    await this.#put('reopen-notifications', channel, notifications, now);
  }

  /** The first one of each subject whose time has come, but for the subjects named; those that wait longest first. */
  async due(
    channel: ChannelName,
    now: EpochMilliseconds,
    except: readonly string[],
    most: number,
  ): Promise<DueNotification[]> {
    const rows = await this.#query<Row>('select-due-notifications', [channel, now, except, most]);
    return rows.map(({ organization, ...row }) => ({ ...row, organizationId: organization }));
  }

  /** It is over. It is remembered, so that a message that comes again is not told again. */
  async settle(
    channel: ChannelName,
    { position, recipient }: Notification,
    outcome: Exclude<Delivery['outcome'], 'unavailable'>,
    now: EpochMilliseconds,
  ): Promise<void> {
    await this.#query('settle-notification', [channel, position, recipient, outcome, now]);
  }

  async postpone(channel: ChannelName, { position, recipient }: Notification, until: EpochMilliseconds): Promise<void> {
    await this.#query('postpone-notification', [channel, position, recipient, until]);
  }

  async backlog(channel: ChannelName): Promise<Backlog> {
    const [row] = await this.#query<{ waiting: number; oldest: number | null }>('select-backlog', [channel]);
    return { waiting: row?.waiting ?? 0, oldest: row?.oldest ?? undefined };
  }

  /** Forgets what was settled before then: choose it so that no message from before can come again. */
  async deleteSettled(before: EpochMilliseconds): Promise<void> {
    await this.#query('delete-settled-notifications', [before]);
  }

  async #put(
    statement: string,
    channel: ChannelName,
    notifications: readonly Notification[],
    now: EpochMilliseconds,
  ): Promise<void> {
    if (notifications.length === 0) return;
    await this.#query(statement, [
      channel,
      now,
      notifications.map(({ position }) => position),
      notifications.map(({ recipient }) => recipient),
      notifications.map(({ organizationId }) => organizationId),
      notifications.map(({ subject }) => subject),
    ]);
  }

  async #query<Result extends QueryResultRow>(name: string, values: readonly unknown[]): Promise<Result[]> {
    const text = this.#texts.get(name) ?? loadSql(name);
    this.#texts.set(name, text);
    const { rows } = await this.pool.query<Result>({ name, text, values: [...values] });
    return rows;
  }
}

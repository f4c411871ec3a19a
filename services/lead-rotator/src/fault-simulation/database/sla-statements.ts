import type { Statement, Tables } from './statement.ts';

interface DeadlineRow {
  readonly organization: string;
  readonly lead_id: string;
  readonly due: number;
  readonly assigned: number;
  readonly rotation_id: string;
  readonly owner_id: string | null;
  readonly contact_ids: readonly string[];
}

interface WarningRow extends Omit<DeadlineRow, 'rotation_id' | 'owner_id'> {
  readonly warn_at: number;
}

interface WaitingRow {
  readonly organization: string;
  readonly lead_id: string;
  readonly since: number;
  readonly rotation_id: string;
  readonly changed: number;
}

type Texts = readonly string[];
type Numbers = readonly number[];

const keyOf = (organization: string, id: string) => `${organization} ${id}`;
const contactsOf = (joined: string) => (joined === '' ? [] : joined.split(','));
const byPlace = (one: DeadlineRow | WarningRow, other: DeadlineRow | WarningRow) =>
  one.due - other.due || one.assigned - other.assigned;

function removal(table: string): Statement {
  return {
    is: new RegExp(`delete from ${table}`),
    writes: true,
    run(tables, [organizations, leads]: readonly [Texts, Texts]) {
      leads.forEach((lead, index) => {
        tables.of(table).delete(keyOf(organizations[index] as string, lead));
      });
      return [];
    },
  };
}

const waiting = (tables: Tables) => [...tables.of<WaitingRow>('waiting_leads').values()];

export const ofSlaTables: readonly Statement[] = [
  removal('open_deadlines'),
  removal('deadline_warnings'),
  removal('waiting_leads'),
  {
    is: /insert into open_deadlines/,
    writes: true,
    run(
      tables,
      [organizations, leads, due, assigned, rotations, owners, contacts]: readonly [
        Texts,
        Texts,
        Numbers,
        Numbers,
        Texts,
        readonly (string | null)[],
        Texts,
      ],
    ) {
      const rows = tables.of<DeadlineRow>('open_deadlines');
      leads.forEach((lead_id, index) => {
        const organization = organizations[index] as string;
        const key = keyOf(organization, lead_id);
        rows.set(key, {
          organization,
          lead_id,
          due: due[index] as number,
          assigned: assigned[index] as number,
          rotation_id: rotations[index] as string,
          owner_id: owners[index] ?? null,
          contact_ids: rows.get(key)?.contact_ids ?? contactsOf(contacts[index] as string),
        });
      });
      return [];
    },
  },
  {
    is: /from open_deadlines\s+where \(due, assigned\)/,
    run: (tables, [due, assigned, until, most]: readonly [number, number, number, number]) =>
      [...tables.of<DeadlineRow>('open_deadlines').values()]
        .filter((row) => (row.due > due || (row.due === due && row.assigned > assigned)) && row.due <= until)
        .sort(byPlace)
        .slice(0, most),
  },
  {
    is: /insert into claim_warnings/,
    writes: true,
    run(tables, [organization, rotation, warnBefore]: readonly [string, string, number]) {
      tables.of<number>('claim_warnings').set(keyOf(organization, rotation), warnBefore);
      return [];
    },
  },
  {
    is: /from claim_warnings\s+where warn_before > 0/,
    run: (tables) =>
      [...tables.of<number>('claim_warnings')]
        .filter(([, warnBefore]) => warnBefore > 0)
        .map(([key]) => ({
          organization: key.slice(0, key.indexOf(' ')),
          rotation_id: key.slice(key.indexOf(' ') + 1),
        })),
  },
  {
    is: /insert into deadline_warnings/,
    writes: true,
    run(
      tables,
      [organizations, leads, since, due, assigned, rotations, contacts]: readonly [
        Texts,
        Texts,
        Numbers,
        Numbers,
        Numbers,
        Texts,
        Texts,
      ],
    ) {
      leads.forEach((lead_id, index) => {
        const organization = organizations[index] as string;
        const warnBefore =
          tables.of<number>('claim_warnings').get(keyOf(organization, rotations[index] as string)) ?? 0;
        if (warnBefore === 0) return;
        tables.of<WarningRow>('deadline_warnings').set(keyOf(organization, lead_id), {
          organization,
          lead_id,
          warn_at: Math.max(since[index] as number, (due[index] as number) - warnBefore),
          due: due[index] as number,
          assigned: assigned[index] as number,
          contact_ids: contactsOf(contacts[index] as string),
        });
      });
      return [];
    },
  },
  {
    is: /from deadline_warnings/,
    run: (tables, [now, except, most]: readonly [number, Numbers, number]) =>
      [...tables.of<WarningRow>('deadline_warnings').values()]
        .filter((row) => row.warn_at <= now && row.due > now && !except.includes(row.assigned))
        .sort((one, other) => one.warn_at - other.warn_at || one.assigned - other.assigned)
        .slice(0, most),
  },
  {
    is: /insert into waiting_leads/,
    writes: true,
    run(tables, [organizations, leads, since, rotations]: readonly [Texts, Texts, Numbers, Texts]) {
      leads.forEach((lead_id, index) => {
        const organization = organizations[index] as string;
        const row = { organization, lead_id, since: since[index], rotation_id: rotations[index], changed: 0 };
        tables.of('waiting_leads').set(keyOf(organization, lead_id), row);
      });
      return [];
    },
  },
  {
    is: /update waiting_leads/,
    writes: true,
    run(tables, [organizations, leads, changes]: readonly [Texts, Texts, Numbers]) {
      const rows = tables.of<WaitingRow>('waiting_leads');
      leads.forEach((lead, index) => {
        const key = keyOf(organizations[index] as string, lead);
        const row = rows.get(key);
        if (row !== undefined) rows.set(key, { ...row, changed: changes[index] as number });
      });
      return [];
    },
  },
  {
    is: /with recursive rotations/,
    run(tables) {
      const groups = Map.groupBy(waiting(tables), ({ organization, rotation_id }) => keyOf(organization, rotation_id));
      return [...groups.values()].map((rows) => ({
        organization: rows[0]?.organization,
        rotation_id: rows[0]?.rotation_id,
        newest: Math.max(...rows.map(({ since }) => since)),
        changed: Math.max(...rows.map(({ changed }) => changed)),
      }));
    },
  },
  {
    is: /from waiting_leads\s+where organization/,
    run: (tables, [organization, after, rotations, most]: readonly [string, number, Texts, number]) =>
      waiting(tables)
        .filter((row) => row.organization === organization && row.since > after && rotations.includes(row.rotation_id))
        .sort((one, other) => one.since - other.since)
        .slice(0, most),
  },
];

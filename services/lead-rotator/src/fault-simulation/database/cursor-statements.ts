import type { Statement } from './statement.ts';

/** Of a projection's cursor or the relay's. */
interface CursorRow {
  readonly log_id: string;
  readonly position: number;
}

const projections = 'projection_cursors';
const relays = 'relay_cursors';
const keyOf = (name: string, version: number) => `${name} ${version}`;

export const ofCursors: readonly Statement[] = [
  {
    is: /insert into projection_cursors .* on conflict do nothing/s,
    // Not with the commit: what is read in the same transaction needs it, and nobody else is disturbed by it.
    run(tables, [name, version, logId]: readonly [string, number, string]) {
      const cursors = tables.of<CursorRow>(projections);
      if (!cursors.has(keyOf(name, version))) cursors.set(keyOf(name, version), { log_id: logId, position: 0 });
      return [];
    },
  },
  {
    is: /insert into projection_cursors .* do update/s,
    writes: true,
    run(tables, [name, version, logId, position]: readonly [string, number, string, number]) {
      tables.of<CursorRow>(projections).set(keyOf(name, version), { log_id: logId, position });
      return [];
    },
  },
  {
    is: /update projection_cursors set position/,
    writes: true,
    run(tables, [name, version, position]: readonly [string, number, number]) {
      const cursors = tables.of<CursorRow>(projections);
      const row = cursors.get(keyOf(name, version));
      if (row !== undefined) cursors.set(keyOf(name, version), { ...row, position });
      return [];
    },
  },
  {
    is: /select position from projection_cursors/,
    run(tables, [name, version, logId]: readonly [string, number, string]) {
      const row = tables.of<CursorRow>(projections).get(keyOf(name, version));
      return row?.log_id === logId ? [{ position: row.position }] : [];
    },
  },
  {
    is: /select log_id, position from projection_cursors .* for update/s,
    lock: ([name, version]: readonly [string, number]) => `${projections} ${keyOf(name, version)}`,
    run: (tables, [name, version]: readonly [string, number]) =>
      [tables.of<CursorRow>(projections).get(keyOf(name, version))].filter((row) => row !== undefined),
  },
  {
    is: /select log_id, position from relay_cursors/,
    run: (tables, [topic]: readonly [string]) =>
      [tables.of<CursorRow>(relays).get(topic)].filter((row) => row !== undefined),
  },
  {
    is: /insert into relay_cursors/,
    writes: true,
    run(tables, [topic, logId, position]: readonly [string, string, number]) {
      const cursors = tables.of<CursorRow>(relays);
      const row = cursors.get(topic);
      if (row !== undefined && row.log_id !== logId) return [];
      cursors.set(topic, { log_id: logId, position: Math.max(row?.position ?? 0, position) });
      return [];
    },
  },
];

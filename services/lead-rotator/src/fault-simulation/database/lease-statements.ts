import type { Statement } from './statement.ts';

interface LeaseRow {
  readonly holder: string;
  readonly epoch: number;
  readonly expiresAt: number;
}

const table = 'leases';

export const ofLeases: readonly Statement[] = [
  {
    is: /insert into leases/,
    writes: true,
    run(tables, [name, holder, milliseconds]: readonly [string, string, number], now) {
      const leases = tables.of<LeaseRow>(table);
      const row = leases.get(name);
      if (row !== undefined && row.expiresAt > now) return [];
      const epoch = (row?.epoch ?? 0) + 1;
      leases.set(name, { holder, epoch, expiresAt: now + milliseconds });
      return [{ epoch }];
    },
  },
  {
    is: /update leases\s+set expires_at = clock_timestamp\(\) \+/,
    writes: true,
    run: (tables, [name, epoch, milliseconds]: readonly [string, number, number], now) =>
      expire(tables.of(table), name, epoch, now, now + milliseconds),
  },
  {
    is: /update leases\s+set expires_at = clock_timestamp\(\)\s/,
    writes: true,
    run: (tables, [name, epoch]: readonly [string, number], now) => expire(tables.of(table), name, epoch, now, now),
  },
];

function expire(leases: Map<string, LeaseRow>, name: string, epoch: number, now: number, expiresAt: number) {
  const row = leases.get(name);
  if (row?.epoch !== epoch || row.expiresAt <= now) return [];
  leases.set(name, { ...row, expiresAt });
  return [{ epoch }];
}

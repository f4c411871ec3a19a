import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { instantOf, isDay } from '@lead-rotator/event-sourcing';
import type { Zone } from '@lead-rotator/rotation';
import { type Fault, InvalidRequest } from '@lead-rotator/service-host';

/** What a report can be broken down by. */
export const reportColumns = ['member', 'rotation', 'source', 'month'] as const;
export type ReportColumn = (typeof reportColumns)[number];

/** Of what a report is wanted, and how. */
export interface ReportRequest {
  /** Included. */
  readonly from: EpochMilliseconds;
  /** Not included. */
  readonly to: EpochMilliseconds;
  readonly by: readonly ReportColumn[];
  readonly format: 'json' | 'csv';
}

type Query = Readonly<Record<'from' | 'to' | 'by' | 'format', string | undefined>>;

/** A day begins at midnight in the organization's time zone. @throws InvalidRequest with every fault. */
export function reportRequest(query: Query, zone: Zone, now: EpochMilliseconds): ReportRequest {
  const faults: Fault[] = [];
  const time = (path: 'from' | 'to', absent: EpochMilliseconds): EpochMilliseconds => {
    const text = query[path];
    if (text === undefined) return absent;
    const at = isDay(text) ? zone.toInstant(Date.parse(`${text}T00:00:00Z`)) : instantOf(text);
    if (at !== undefined) return at;
    faults.push({ path: `/${path}`, message: 'must be a day like 2026-01-05, or a time like 2026-01-05T09:00:00Z' });
    return absent;
  };
  const [from, to] = [time('from', 0), time('to', now)];
  if (faults.length === 0 && from >= to) faults.push({ path: '/to', message: 'must be later than from' });
  const { by = 'member,rotation', format = 'json' } = query;
  const wanted = by.split(',');
  if (wanted.some((column) => !(reportColumns as readonly string[]).includes(column))) {
    faults.push({ path: '/by', message: `must be of ${reportColumns.join(', ')}, separated by commas` });
  }
  if (format !== 'json' && format !== 'csv') faults.push({ path: '/format', message: 'must be json or csv' });
  if (faults.length > 0) throw new InvalidRequest(faults);
  return { from, to, by: reportColumns.filter((column) => wanted.includes(column)), format: format as 'json' | 'csv' };
}

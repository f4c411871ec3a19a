import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '@lead-rotator/rotation';
import { InvalidRequest } from '@lead-rotator/service-host';
import { csvOf } from './csv.ts';
import { reportRequest } from './report-request.ts';

const absent = { from: undefined, to: undefined, by: undefined, format: undefined };
const berlin = zoneOf('Europe/Berlin');

function faultsOf(query: Partial<typeof absent> | Record<string, string>): string[] {
  try {
    reportRequest({ ...absent, ...query }, berlin, 1_000);
    return [];
  } catch (error) {
    return error instanceof InvalidRequest ? error.faults.map(({ path }) => path) : [String(error)];
  }
}

describe('a report', () => {
  it('covers days as they are in the time zone of the organization, the last one left out', () => {
    const { from, to, by } = reportRequest(
      { ...absent, from: '2026-01-01', to: '2026-07-01T00:00:00+02:00', by: 'month,member' },
      berlin,
      0,
    );
    expect(new Date(from).toISOString()).toBe('2025-12-31T23:00:00.000Z');
    expect(new Date(to).toISOString()).toBe('2026-06-30T22:00:00.000Z');
    expect(by).toEqual(['member', 'month']);
  });

  it('is of everything until now, by member and rotation, if nothing is said', () => {
    expect(reportRequest(absent, berlin, 99)).toEqual({ from: 0, to: 99, by: ['member', 'rotation'], format: 'json' });
  });

  it('is refused with every fault by its name', () => {
    expect(faultsOf({ from: '2026-02-30', to: 'soon', by: 'colour', format: 'xml' })).toEqual([
      '/from',
      '/to',
      '/by',
      '/format',
    ]);
    expect(faultsOf({ from: '2026-02-30T09:00:00Z' })).toEqual(['/from']);
    expect(faultsOf({ from: '2026-02-01', to: '2026-01-01' })).toEqual(['/to']);
  });

  it('as CSV quotes what must be, and lets no text be taken for a formula', () => {
    const rows = [
      { source: 'a "b", c', received: 1, closeRate: null },
      { source: '=cmd()', received: -2, closeRate: 0.5 },
    ];
    expect(csvOf(rows, ['source', 'received', 'closeRate'])).toBe(
      'source,received,closeRate\r\n"a ""b"", c",1,\r\n\'=cmd(),-2,0.5\r\n',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { parseTime } from '../parse-time.ts';
import { parseBound } from './bound.ts';

describe('a bound on the command line', () => {
  it.each([
    ['4211', { position: 4211 }],
    ['2026-01-05', { time: Date.UTC(2026, 0, 5) }],
    ['2026-01-05T09:00:00Z', { time: Date.UTC(2026, 0, 5, 9) }],
    ['2026-01-05T09:00+01:00', { time: Date.UTC(2026, 0, 5, 8) }],
    ['2028-02-29', { time: Date.UTC(2028, 1, 29) }],
  ])('is a position or a time: %s', (text, bound) => {
    expect(parseBound(text)).toEqual(bound);
  });

  it.each([
    ['of no zone, which would be the one of the machine', '2026-01-05T09:00:00'],
    ['on a day that there is not', '2026-02-30'],
    ['on a day that there is not, with the time', '2026-02-30T09:00:00Z'],
    ['at no hour of a day', '2026-01-05T25:00:00Z'],
    ['in words', 'lead 5'],
    ['of a year alone', '2026'.padEnd(5, '-')],
  ])('is no time %s', (_, text) => {
    expect(() => parseTime(text)).toThrow('not a time like 2026-01-05T09:00:00Z');
    expect(() => parseBound(text)).toThrow('neither a position nor a time like 2026-01-05T09:00:00Z');
  });
});

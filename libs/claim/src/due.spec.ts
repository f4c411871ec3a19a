import { describe, expect, it } from '@jest/globals';
import { zoneOf } from '@lead-rotator/rotation';
import { dueOutsidePauses } from './due.ts';
import { Pauses } from './pauses.ts';

const minutes = 60_000;
const hours = 60 * minutes;
const night = { days: 'mon-sun', from: '22:00', to: '07:00' };
const at = (text: string) => Date.parse(`2026-01-${text}:00Z`);

/** When a lead is due that was assigned on Monday the 5th of January 2026 or later. */
function due(within: number, start: string, pauses = [night], zone = 'UTC'): string {
  const instant = dueOutsidePauses(new Pauses(pauses, zoneOf(zone)), within, at(start));
  return new Date(instant).toISOString().slice(8, 16);
}

describe('a deadline with a pause every night from 22:00 to 07:00', () => {
  it.each([
    ['a window that ends before the pause stays', 30 * minutes, '05T21:29', '05T21:59'],
    ['one that touches it begins anew behind it', 30 * minutes, '05T21:30', '06T07:30'],
    ['one that begins in it begins behind it', 30 * minutes, '05T23:10', '06T07:30'],
    ['one that begins just before its end too', 30 * minutes, '06T06:50', '06T07:30'],
    ['ten hours fit into a day', 10 * hours, '05T11:59', '05T21:59'],
    ['ten hours that do not fit begin in the morning', 10 * hours, '05T12:00', '06T17:00'],
    ['a window longer than a day runs through the pause', 24 * hours, '05T21:30', '06T21:30'],
    ['and begins at the end of the pause in which the turn was', 24 * hours, '05T23:00', '07T07:00'],
  ])('%s', (_name, within, start, expected) => {
    expect(due(within, start)).toBe(expected);
  });

  it('is at the end of the pause if a long window ends in one', () => {
    expect(due(26 * hours, '05T21:00')).toBe('07T07:00');
  });

  it('lets a window as long as the gap run through pauses', () => {
    expect(due(15 * hours, '05T08:00')).toBe('06T07:00');
    expect(due(15 * hours - minutes, '05T07:00')).toBe('05T21:59');
  });
});

describe('pauses', () => {
  it('that touch or overlap are one, over the end of the week too', () => {
    const weekend = { days: 'sat-sun', from: '00:00', to: '24:00' };
    const pauses = new Pauses([night, weekend], zoneOf('UTC'));
    expect(pauses.ranges).toEqual([
      [22 * 60, 31 * 60],
      [46 * 60, 55 * 60],
      [70 * 60, 79 * 60],
      [94 * 60, 103 * 60],
      [118 * 60, 175 * 60],
    ]);
    expect(pauses.gap).toBe(15 * hours);
    expect(due(30 * minutes, '09T21:45', [night, weekend])).toBe('12T07:30');
  });

  it('of which there is one a week leave a gap of the rest of it', () => {
    expect(new Pauses([{ days: 'sun', from: '00:00', to: '24:00' }], zoneOf('UTC')).gap).toBe(6 * 24 * hours);
  });

  it('that cover all time are refused', () => {
    const always = { days: 'mon-sun', from: '00:00', to: '24:00' };
    expect(() => new Pauses([always], zoneOf('UTC'))).toThrow('pauses must not cover all time');
  });

  it('are local times, on the days when the clock changes too', () => {
    const pauses = new Pauses([night], zoneOf('America/New_York'));
    const spring = dueOutsidePauses(pauses, 30 * minutes, Date.parse('2026-03-08T03:30:00Z'));
    expect(new Date(spring).toISOString()).toBe('2026-03-08T11:30:00.000Z');
    const autumn = dueOutsidePauses(pauses, 30 * minutes, Date.parse('2026-11-01T03:30:00Z'));
    expect(new Date(autumn).toISOString()).toBe('2026-11-01T12:30:00.000Z');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { InvalidUnit } from '../errors.ts';
import { type LogOfTest, sampleEvent, sampleUnit, tag } from './sample-unit.ts';

const appended = (first: number, last: number, repeated = false) => ({ status: 'appended', first, last, repeated });

/** Units and guards: what is taken, what is refused, and what is done once. */
export function describeAppend(log: LogOfTest): void {
  describe('append', () => {
    it('gives positions from 1 on, without a gap', async () => {
      expect(await log().append(sampleUnit('a'))).toEqual(appended(1, 1));
      expect(await log().append(sampleUnit('b', { events: [sampleEvent(), sampleEvent()] }))).toEqual(appended(2, 3));
      expect(await log().head()).toBe(3);
    });

    it('writes what many callers bring at once, each unit once', async () => {
      const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) => log().append(sampleUnit(`u${n}`))));
      const positions = outcomes.map((outcome) => (outcome.status === 'appended' ? outcome.first : 0));
      expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
    });

    it('refuses one of two writers with the same guard', async () => {
      const bid = (id: string) =>
        sampleUnit(id, {
          events: [sampleEvent({ tags: [tag('lead:1')] })],
          guards: [{ tag: tag('lead:1'), after: 0 }],
        });
      const outcomes = await Promise.all([log().append(bid('a')), log().append(bid('b'))]);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['appended', 'refused']);
      expect(await log().append(bid('c'))).toEqual({ status: 'refused', tag: 'lead:1', readAt: 0, movedTo: 1 });
      expect(await log().head()).toBe(1);
    });

    it('accepts a guard that was read at the newest event of its tag', async () => {
      await log().append(sampleUnit('a', { events: [sampleEvent({ tags: [tag('lead:1')] })] }));
      const next = sampleUnit('b', { guards: [{ tag: tag('lead:1'), after: 1 }] });
      expect(await log().append(next)).toEqual(appended(2, 2));
    });

    it('keeps the guards of organizations apart', async () => {
      const other = 'other' as OrganizationId;
      await log().append(sampleUnit('a', { events: [sampleEvent({ tags: [tag('configuration')] })] }));
      const unit = sampleUnit('b', {
        events: [sampleEvent({ organizationId: other })],
        guards: [{ tag: tag('configuration'), after: 0 }],
      });
      expect(await log().append(unit)).toEqual(appended(2, 2));
    });

    it('refuses a unit that was built on a refused one, and not its neighbours', async () => {
      await log().append(sampleUnit('earlier', { events: [sampleEvent({ tags: [tag('rotation:1')] })] }));
      const turn = (id: string, rotation: string, after: number) =>
        sampleUnit(id, { events: [sampleEvent({ tags: [tag(rotation)] })], guards: [{ tag: tag(rotation), after }] });
      const outcomes = await log().appendAll([
        turn('stale', 'rotation:1', 0),
        turn('built on it', 'rotation:1', 0),
        turn('neighbour', 'rotation:2', 0),
        turn('up to date', 'rotation:1', 1),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['refused', 'refused', 'appended', 'appended']);
      expect(outcomes[2]).toEqual(appended(2, 2));
      expect(outcomes[3]).toEqual(appended(3, 3));
    });

    it('lets a guard see the units before it in the same call', async () => {
      const turn = (id: string) =>
        sampleUnit(id, {
          events: [sampleEvent({ tags: [tag('rotation:1')] })],
          guards: [{ tag: tag('rotation:1'), after: 0 }],
        });
      const outcomes = await log().appendAll([turn('a'), turn('b'), sampleUnit('c')]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['appended', 'refused', 'appended']);
      expect(outcomes[1]).toMatchObject({ tag: 'rotation:1', readAt: 0 });
      expect(outcomes[2]).toEqual(appended(2, 2));
    });

    it('does not let a unit be refused by its own events', async () => {
      const events = [sampleEvent({ tags: [tag('lead:1')] }), sampleEvent({ tags: [tag('lead:1')] })];
      expect(await log().append(sampleUnit('a', { events, guards: [{ tag: tag('lead:1'), after: 0 }] }))).toEqual(
        appended(1, 2),
      );
    });

    it('returns for a repeated unit what the first time did, whatever its guards say now', async () => {
      const unit = sampleUnit('a', {
        events: [sampleEvent({ tags: [tag('lead:1')] })],
        guards: [{ tag: tag('lead:1'), after: 0 }],
      });
      await log().append(unit);
      await log().append(sampleUnit('b'));
      expect(await log().append(unit)).toEqual(appended(1, 1, true));
      expect(await log().appendAll([sampleUnit('c'), unit, sampleUnit('d')])).toEqual([
        appended(3, 3),
        appended(1, 1, true),
        appended(4, 4),
      ]);
      expect(await log().head()).toBe(4);
    });

    it('appends a unit once that comes twice at once', async () => {
      const together = await Promise.all([log().append(sampleUnit('a')), log().append(sampleUnit('a'))]);
      expect(together).toContainEqual(appended(1, 1));
      expect(together).toContainEqual(appended(1, 1, true));
      expect(await log().appendAll([sampleUnit('b'), sampleUnit('b')])).toEqual([appended(2, 2), appended(2, 2, true)]);
    });

    it('appends nothing of no units', async () => {
      expect(await log().appendAll([])).toEqual([]);
      expect(await log().head()).toBe(0);
    });

    it.each([
      ['no event', { events: [] }],
      ['U+0000 in its data', { events: [sampleEvent({ data: { text: 'a\0b' } })] }],
      ['half a surrogate pair in its data', { events: [sampleEvent({ data: { text: 'a\ud800b' } })] }],
      ['U+0000 in a tag', { events: [sampleEvent({ tags: [tag('lead:\0')] })] }],
      ['U+0000 in a guard', { guards: [{ tag: tag('lead:\0'), after: 0 }] }],
      ['U+0000 in its type', { events: [sampleEvent({ type: 'A\0' })] }],
      ['more than a megabyte', { events: [sampleEvent({ data: { text: 'x'.repeat(1_000_001) } })] }],
      ['a time that is none', { events: [sampleEvent({ at: Number.NaN })] }],
      ['version 0', { events: [sampleEvent({ version: 0 })] }],
      ['a guard behind a position that is none', { guards: [{ tag: tag('lead:1'), after: -1 }] }],
      [
        'events of two organizations',
        { events: [sampleEvent(), sampleEvent({ organizationId: 'b' as OrganizationId })] },
      ],
    ])('refuses a unit with %s as invalid, and appends its group', async (_, changes) => {
      const bad = log().append(sampleUnit('bad', changes));
      const good = log().append(sampleUnit('good'));
      await expect(bad).rejects.toBeInstanceOf(InvalidUnit);
      expect(await good).toEqual(appended(1, 1));
    });

    it('keeps a backslash before u0000, a line break and other alphabets as they are', async () => {
      const data = { text: 'C:\\u0000 \\\\ud800 \n \u0001 Łódź 東京 😀' };
      await log().append(sampleUnit('a', { events: [sampleEvent({ data })] }));
      expect((await log().read()).events[0]?.data).toEqual(data);
    });
  });
}

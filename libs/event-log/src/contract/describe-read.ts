import { describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { acme, type LogOfTest, positionOf, sampleEvent, sampleUnit, summary, tag } from './sample-unit.ts';

/** What is found, and how far was looked. */
export function describeRead(log: LogOfTest): void {
  describe('read', () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

    it('gives an event back as it was appended, with its position and without its tags', async () => {
      const { tags, ...event } = sampleEvent({
        traceparent,
        decider: 2,
        version: 3,
        data: { deep: [{ n: 1.5 }, null, true] },
      });
      await log().append(sampleUnit('a', { events: [{ ...event, tags }] }));
      expect((await log().read()).events).toEqual([{ ...event, position: 1 }]);
    });

    it('reads in pages and says how far it has looked', async () => {
      await log().append(sampleUnit('a', { events: Array.from({ length: 5 }, () => sampleEvent()) }));
      expect(summary(await log().read({ limit: 2 }))).toEqual({ positions: [1, 2], readTo: 2, head: 5 });
      expect(summary(await log().read({ after: 2, limit: 2 }))).toEqual({ positions: [3, 4], readTo: 4, head: 5 });
      expect(summary(await log().read({ after: 4, limit: 2 }))).toEqual({ positions: [5], readTo: 5, head: 5 });
      expect(summary(await log().read({ after: 5 }))).toEqual({ positions: [], readTo: 5, head: 5 });
      expect(summary(await log().read({ after: 1, until: 3 }))).toEqual({ positions: [2, 3], readTo: 3, head: 5 });
    });

    it('selects by type and organization, and counts the others as looked at', async () => {
      const types = ['A', 'B', 'A', 'C', 'B'];
      await log().append(sampleUnit('a', { events: types.map((type) => sampleEvent({ type })) }));
      await log().append(
        sampleUnit('b', { events: [sampleEvent({ type: 'A', organizationId: 'other' as OrganizationId })] }),
      );
      expect(summary(await log().read({ types: ['A'] }))).toEqual({ positions: [1, 3, 6], readTo: 6, head: 6 });
      expect(summary(await log().read({ types: ['A'], limit: 1 }))).toEqual({ positions: [1], readTo: 1, head: 6 });
      expect(summary(await log().read({ types: ['C'] }))).toEqual({ positions: [4], readTo: 6, head: 6 });
      expect(summary(await log().read({ types: ['D'], until: 4 }))).toEqual({ positions: [], readTo: 4, head: 6 });
      expect(summary(await log().read({ exceptTypes: ['A', 'C'] }))).toEqual({ positions: [2, 5], readTo: 6, head: 6 });
      expect(summary(await log().read({ organizationId: acme, types: ['A'] })).positions).toEqual([1, 3]);
    });

    it('tells only where events stand, and when they were recorded', async () => {
      const types = ['A', 'B', 'A'];
      await log().append(sampleUnit('a', { events: types.map((type, at) => sampleEvent({ type, at })) }));
      const places = [
        { position: 1, at: 0 },
        { position: 3, at: 2 },
      ];
      expect(await log().readPlaces({ types: ['A'] })).toEqual({ places, readTo: 3, head: 3 });
      expect(await log().readPlaces({ types: ['A'], limit: 1 })).toEqual({
        places: places.slice(0, 1),
        readTo: 1,
        head: 3,
      });
      expect(await log().readPlaces({ after: 3 })).toEqual({ places: [], readTo: 3, head: 3 });
    });

    it('reads by tags: in order, each event once, of one organization', async () => {
      const tagged = (tags: string[], organizationId = acme) => sampleEvent({ tags: tags.map(tag), organizationId });
      await log().append(
        sampleUnit('a', { events: [tagged(['x', 'y']), tagged(['y']), tagged(['z']), tagged(['x', 'x'])] }),
      );
      await log().append(sampleUnit('b', { events: [tagged(['x'], 'other' as OrganizationId)] }));
      const positions = async (tags: string[], until?: number, after?: number) =>
        (
          await log().readByTags({
            organizationId: acme,
            tags: tags.map(tag),
            ...(until && { until }),
            ...(after && { after }),
          })
        ).map(positionOf);
      expect(await positions(['x'])).toEqual([1, 4]);
      expect(await positions(['y', 'x'])).toEqual([1, 2, 4]);
      expect(await positions(['x', 'y'], 2)).toEqual([1, 2]);
      expect(await positions(['x', 'y'], undefined, 1)).toEqual([2, 4]);
      expect(await positions(['x', 'y'], 3, 1)).toEqual([2]);
      expect(await positions(['unknown'])).toEqual([]);
      expect(await positions([])).toEqual([]);
      const notes = await log().readByTags({ organizationId: acme, tags: [tag('x')], types: ['Other'] });
      expect(notes).toEqual([]);
    });

    it('reads by tags around events that the caller knows, and finds them only where they stand', async () => {
      const tagged = (name: string) => sampleEvent({ tags: [tag(name)] });
      await log().append(sampleUnit('a', { events: [tagged('x'), tagged('x'), tagged('y')] }));
      const all = await log().readByTags({ organizationId: acme, tags: [tag('x')] });
      const { events: known } = await log().read();
      expect(await log().readByTags({ organizationId: acme, tags: [tag('x')], known })).toEqual(all);
      expect(await log().readByTags({ organizationId: acme, tags: [tag('x')], known: known.slice(1) })).toEqual(all);
      expect(await log().readByTags({ organizationId: acme, tags: [tag('z')], known })).toEqual([]);
      expect(await log().readByTags({ organizationId: acme, tags: [tag('x')], until: 1, known })).toHaveLength(1);
      expect(await log().readByTags({ organizationId: acme, tags: [tag('x')], after: 1, known })).toHaveLength(1);
      const others = { organizationId: acme, tags: [tag('x')], types: ['Other'] };
      expect(await log().readByTags({ ...others, known })).toEqual([]);
      expect(await log().readByTags({ ...others, known: known.slice(1) })).toEqual([]);
    });

    it('knows itself by an id that stays', async () => {
      const id = await log().id();
      await log().append(sampleUnit('a'));
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(await log().id()).toBe(id);
    });

    it('was never restored', async () => {
      await log().append(sampleUnit('a'));
      expect(await log().restoredUpTo()).toBe(0);
    });
  });
}

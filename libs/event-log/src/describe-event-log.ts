import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewEvent, OrganizationId, RecordedEvent, Tag, Unit } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import type { ContactDirectory } from './contacts/contact-directory.ts';
import { InvalidUnit, LogReplaced } from './errors.ts';
import type { EventLog, ReadPage } from './event-log.ts';

const acme = 'acme' as OrganizationId;
const monday = Date.parse('2026-01-05T09:00:00Z');

/** An event for the tests of a log. */
export function sampleEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    type: 'NoteAdded',
    version: 1,
    at: monday,
    organizationId: acme,
    actor: 'service:tests',
    cause: 'request:r-1',
    tags: ['note:1' as Tag],
    data: { text: 'call back' },
    ...changes,
  };
}

/** A unit for the tests of a log: one sample event, no guards. */
export function sampleUnit(id: string, changes: Partial<Unit> = {}): Unit {
  return { id, events: [sampleEvent()], guards: [], ...changes };
}

const tag = (text: string) => text as Tag;
const appended = (first: number, last: number, repeated = false) => ({ status: 'appended', first, last, repeated });

type EventLogWithContacts = EventLog & { readonly contacts: ContactDirectory };

/** What every log does. `make` gives an empty one; it is closed after each test. */
export function describeEventLog(name: string, make: () => Promise<EventLogWithContacts>): void {
  describe(name, () => {
    let log: EventLogWithContacts;
    beforeEach(async () => {
      log = await make();
    });
    afterEach(() => log.close());

    describe('append', () => {
      it('gives positions from 1 on, without a gap', async () => {
        expect(await log.append(sampleUnit('a'))).toEqual(appended(1, 1));
        expect(await log.append(sampleUnit('b', { events: [sampleEvent(), sampleEvent()] }))).toEqual(appended(2, 3));
        expect(await log.head()).toBe(3);
      });

      it('writes what many callers bring at once, each unit once', async () => {
        const outcomes = await Promise.all(Array.from({ length: 300 }, (_, n) => log.append(sampleUnit(`u${n}`))));
        const positions = outcomes.map((outcome) => (outcome.status === 'appended' ? outcome.first : 0));
        expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
      });

      it('refuses one of two writers with the same guard', async () => {
        const bid = (id: string) =>
          sampleUnit(id, {
            events: [sampleEvent({ tags: [tag('lead:1')] })],
            guards: [{ tag: tag('lead:1'), after: 0 }],
          });
        const outcomes = await Promise.all([log.append(bid('a')), log.append(bid('b'))]);
        expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['appended', 'refused']);
        expect(await log.append(bid('c'))).toEqual({ status: 'refused', tag: 'lead:1', readAt: 0, movedTo: 1 });
        expect(await log.head()).toBe(1);
      });

      it('accepts a guard that was read at the newest event of its tag', async () => {
        await log.append(sampleUnit('a', { events: [sampleEvent({ tags: [tag('lead:1')] })] }));
        const next = sampleUnit('b', { guards: [{ tag: tag('lead:1'), after: 1 }] });
        expect(await log.append(next)).toEqual(appended(2, 2));
      });

      it('keeps the guards of organizations apart', async () => {
        const other = 'other' as OrganizationId;
        await log.append(sampleUnit('a', { events: [sampleEvent({ tags: [tag('configuration')] })] }));
        const unit = sampleUnit('b', {
          events: [sampleEvent({ organizationId: other })],
          guards: [{ tag: tag('configuration'), after: 0 }],
        });
        expect(await log.append(unit)).toEqual(appended(2, 2));
      });

      it('refuses a unit that was built on a refused one, and not its neighbours', async () => {
        await log.append(sampleUnit('earlier', { events: [sampleEvent({ tags: [tag('rotation:1')] })] }));
        const turn = (id: string, rotation: string, after: number) =>
          sampleUnit(id, { events: [sampleEvent({ tags: [tag(rotation)] })], guards: [{ tag: tag(rotation), after }] });
        const outcomes = await log.appendAll([
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
        const outcomes = await log.appendAll([turn('a'), turn('b'), sampleUnit('c')]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(['appended', 'refused', 'appended']);
        expect(outcomes[1]).toMatchObject({ tag: 'rotation:1', readAt: 0 });
        expect(outcomes[2]).toEqual(appended(2, 2));
      });

      it('does not let a unit be refused by its own events', async () => {
        const events = [sampleEvent({ tags: [tag('lead:1')] }), sampleEvent({ tags: [tag('lead:1')] })];
        expect(await log.append(sampleUnit('a', { events, guards: [{ tag: tag('lead:1'), after: 0 }] }))).toEqual(
          appended(1, 2),
        );
      });

      it('returns for a repeated unit what the first time did, whatever its guards say now', async () => {
        const unit = sampleUnit('a', {
          events: [sampleEvent({ tags: [tag('lead:1')] })],
          guards: [{ tag: tag('lead:1'), after: 0 }],
        });
        await log.append(unit);
        await log.append(sampleUnit('b'));
        expect(await log.append(unit)).toEqual(appended(1, 1, true));
        expect(await log.appendAll([sampleUnit('c'), unit, sampleUnit('d')])).toEqual([
          appended(3, 3),
          appended(1, 1, true),
          appended(4, 4),
        ]);
        expect(await log.head()).toBe(4);
      });

      it('appends a unit once that comes twice at once', async () => {
        const together = await Promise.all([log.append(sampleUnit('a')), log.append(sampleUnit('a'))]);
        expect(together).toContainEqual(appended(1, 1));
        expect(together).toContainEqual(appended(1, 1, true));
        expect(await log.appendAll([sampleUnit('b'), sampleUnit('b')])).toEqual([appended(2, 2), appended(2, 2, true)]);
      });

      it('appends nothing of no units', async () => {
        expect(await log.appendAll([])).toEqual([]);
        expect(await log.head()).toBe(0);
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
        const bad = log.append(sampleUnit('bad', changes));
        const good = log.append(sampleUnit('good'));
        await expect(bad).rejects.toBeInstanceOf(InvalidUnit);
        expect(await good).toEqual(appended(1, 1));
      });

      it('keeps a backslash before u0000, a line break and other alphabets as they are', async () => {
        const data = { text: 'C:\\u0000 \\\\ud800 \n \u0001 Łódź 東京 😀' };
        await log.append(sampleUnit('a', { events: [sampleEvent({ data })] }));
        expect((await log.read()).events[0]?.data).toEqual(data);
      });
    });

    describe('read', () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

      it('gives an event back as it was appended, with its position and without its tags', async () => {
        const { tags, ...event } = sampleEvent({ traceparent, version: 3, data: { deep: [{ n: 1.5 }, null, true] } });
        await log.append(sampleUnit('a', { events: [{ ...event, tags }] }));
        expect((await log.read()).events).toEqual([{ ...event, position: 1 }]);
      });

      it('reads in pages and says how far it has looked', async () => {
        await log.append(sampleUnit('a', { events: Array.from({ length: 5 }, () => sampleEvent()) }));
        expect(summary(await log.read({ limit: 2 }))).toEqual({ positions: [1, 2], readTo: 2, head: 5 });
        expect(summary(await log.read({ after: 2, limit: 2 }))).toEqual({ positions: [3, 4], readTo: 4, head: 5 });
        expect(summary(await log.read({ after: 4, limit: 2 }))).toEqual({ positions: [5], readTo: 5, head: 5 });
        expect(summary(await log.read({ after: 5 }))).toEqual({ positions: [], readTo: 5, head: 5 });
        expect(summary(await log.read({ after: 1, until: 3 }))).toEqual({ positions: [2, 3], readTo: 3, head: 5 });
      });

      it('selects by type and organization, and counts the others as looked at', async () => {
        const types = ['A', 'B', 'A', 'C', 'B'];
        await log.append(sampleUnit('a', { events: types.map((type) => sampleEvent({ type })) }));
        await log.append(
          sampleUnit('b', { events: [sampleEvent({ type: 'A', organizationId: 'other' as OrganizationId })] }),
        );
        expect(summary(await log.read({ types: ['A'] }))).toEqual({ positions: [1, 3, 6], readTo: 6, head: 6 });
        expect(summary(await log.read({ types: ['A'], limit: 1 }))).toEqual({ positions: [1], readTo: 1, head: 6 });
        expect(summary(await log.read({ types: ['C'] }))).toEqual({ positions: [4], readTo: 6, head: 6 });
        expect(summary(await log.read({ types: ['D'], until: 4 }))).toEqual({ positions: [], readTo: 4, head: 6 });
        expect(summary(await log.read({ exceptTypes: ['A', 'C'] }))).toEqual({ positions: [2, 5], readTo: 6, head: 6 });
        expect(summary(await log.read({ organizationId: acme, types: ['A'] })).positions).toEqual([1, 3]);
      });

      it('reads by tags: in order, each event once, of one organization', async () => {
        const tagged = (tags: string[], organizationId = acme) => sampleEvent({ tags: tags.map(tag), organizationId });
        await log.append(
          sampleUnit('a', { events: [tagged(['x', 'y']), tagged(['y']), tagged(['z']), tagged(['x', 'x'])] }),
        );
        await log.append(sampleUnit('b', { events: [tagged(['x'], 'other' as OrganizationId)] }));
        const positions = async (tags: string[], until?: number) =>
          (await log.readByTags({ organizationId: acme, tags: tags.map(tag), ...(until && { until }) })).map(
            positionOf,
          );
        expect(await positions(['x'])).toEqual([1, 4]);
        expect(await positions(['y', 'x'])).toEqual([1, 2, 4]);
        expect(await positions(['x', 'y'], 2)).toEqual([1, 2]);
        expect(await positions(['unknown'])).toEqual([]);
        expect(await positions([])).toEqual([]);
        const notes = await log.readByTags({ organizationId: acme, tags: [tag('x')], types: ['Other'] });
        expect(notes).toEqual([]);
      });

      it('reads by tags around events that the caller knows, and finds them only where they stand', async () => {
        const tagged = (name: string) => sampleEvent({ tags: [tag(name)] });
        await log.append(sampleUnit('a', { events: [tagged('x'), tagged('x'), tagged('y')] }));
        const all = await log.readByTags({ organizationId: acme, tags: [tag('x')] });
        const { events: known } = await log.read();
        expect(await log.readByTags({ organizationId: acme, tags: [tag('x')], known })).toEqual(all);
        expect(await log.readByTags({ organizationId: acme, tags: [tag('x')], known: known.slice(1) })).toEqual(all);
        expect(await log.readByTags({ organizationId: acme, tags: [tag('z')], known })).toEqual([]);
        expect(await log.readByTags({ organizationId: acme, tags: [tag('x')], until: 1, known })).toHaveLength(1);
      });

      it('knows itself by an id that stays', async () => {
        const id = await log.id();
        await log.append(sampleUnit('a'));
        expect(id).toMatch(/^[0-9a-f-]{36}$/);
        expect(await log.id()).toBe(id);
      });
    });

    describe('personal data', () => {
      const identifier = { kind: 'email', value: 'kim@lead.example' } as const;
      const phone = { kind: 'phone', value: '+4915112345678' } as const;
      const person = { firstName: 'Kim', email: 'kim@lead.example' };

      async function captureKim(): Promise<ContactId> {
        const [[contactId, ...more] = []] = await log.contacts.resolve(acme, [[identifier, phone]]);
        if (contactId === undefined) throw new Error('no contact');
        const data = { leadId: 'l-1', contactIds: [contactId, ...more], person };
        await log.append(sampleUnit('capture', { events: [sampleEvent({ type: 'LeadCaptured', data })] }));
        return contactId;
      }
      const personIn = async (open: boolean) =>
        ((await log.read({ open })).events[0]?.data as { person: unknown } | undefined)?.person;

      it('is given in clear to those who ask for it, and to nobody else', async () => {
        await captureKim();
        expect(await personIn(true)).toEqual(person);
        expect(await personIn(false)).toEqual({ sealed: true });
        const tags = [tag('note:1')];
        const [opened] = await log.readByTags({ organizationId: acme, tags, open: true });
        expect(opened?.data).toMatchObject({ leadId: 'l-1', person });
      });

      it('is gone for ever when the contact is forgotten, and the log stands as it stood', async () => {
        const contactId = await captureKim();
        await log.contacts.forget(contactId);
        expect(await personIn(true)).toEqual({ erased: true });
        expect(await log.contacts.find(acme, identifier)).toBeUndefined();
        expect(await log.contacts.find(acme, phone)).toBeDefined();
        const [[again] = []] = await log.contacts.resolve(acme, [[identifier]]);
        expect(again).not.toBe(contactId);
        expect(await personIn(true)).toEqual({ erased: true });
      });

      it('without a contact to seal it for is refused', async () => {
        const data = { leadId: 'l-1', contactIds: [], person };
        const unit = sampleUnit('a', { events: [sampleEvent({ type: 'LeadCaptured', data })] });
        await expect(log.append(unit)).rejects.toBeInstanceOf(InvalidUnit);
      });

      it('belongs to one contact for each identifier of an organization, however many ask at once', async () => {
        const ask = () => log.contacts.resolve(acme, [[identifier, phone], [phone], [], [identifier]]);
        const answers = await Promise.all([ask(), ask(), ask(), ask()]);
        for (const answer of answers) expect(answer).toEqual(answers[0]);
        const [[email, number] = [], ...others] = answers[0] ?? [];
        expect(others).toEqual([[number], [], [email]]);
        expect(email).not.toBe(number);
        expect(await log.contacts.find(acme, identifier)).toBe(email);
        const [[elsewhere] = []] = await log.contacts.resolve('other' as OrganizationId, [[identifier]]);
        expect(elsewhere).not.toBe(email);
      });
    });

    describe('follow', () => {
      it('gives what is there, and then what comes, without a gap', async () => {
        await log.append(sampleUnit('a', { events: [sampleEvent(), sampleEvent(), sampleEvent()] }));
        const stop = new AbortController();
        const seen: number[] = [];
        const following = (async () => {
          for await (const page of log.follow({ signal: stop.signal, limit: 2, pollMilliseconds: 60_000 })) {
            seen.push(...page.events.map(positionOf));
            if (seen.length >= 103) stop.abort();
          }
        })();
        for (let n = 0; n < 100; n += 1) await log.append(sampleUnit(`u${n}`));
        await following;
        expect(seen).toEqual(Array.from({ length: 103 }, (_, n) => n + 1));
      });

      it('wakes every follower, and tells them how far they are when events of other types come', async () => {
        const stop = new AbortController();
        const follow = async () => {
          for await (const page of log.follow({ signal: stop.signal, types: ['Wanted'], pollMilliseconds: 60_000 })) {
            return summary(page);
          }
          return undefined;
        };
        const followers = [follow(), follow(), follow()];
        await sleep(50);
        await log.append(sampleUnit('a'));
        expect(await Promise.all(followers)).toEqual(Array(3).fill({ positions: [], readTo: 1, head: 1 }));
        stop.abort();
      });

      it('ends at `until`, and when it is aborted', async () => {
        await log.append(sampleUnit('a', { events: [sampleEvent(), sampleEvent(), sampleEvent()] }));
        const pages: ReadPage[] = [];
        for await (const page of log.follow({ signal: new AbortController().signal, until: 2 })) pages.push(page);
        expect(pages.flatMap((page) => page.events.map(positionOf))).toEqual([1, 2]);
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 20);
        for await (const page of log.follow({ signal: stop.signal, after: 3 })) pages.push(page);
        expect(pages).toHaveLength(1);
      });

      it('stops on a log that ends before the place that was reached', async () => {
        const pages = log.follow({ signal: new AbortController().signal, after: 7 });
        await expect(pages[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(LogReplaced);
      });
    });
  });
}

const positionOf = (event: RecordedEvent) => event.position;

function summary({ events, readTo, head }: ReadPage) {
  return { positions: events.map(positionOf), readTo, head };
}

import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type EventLog, InMemoryEventLog, LogReplaced, LogUnavailable } from '@lead-rotator/event-log';
import { defaultOrganization, type NewEvent, type OrganizationId } from '@lead-rotator/event-sourcing';
import { Projection } from './projection.ts';

const event = (type: string, at: number, organizationId = defaultOrganization): NewEvent => ({
  type,
  version: 1,
  data: {},
  at,
  tags: [],
  organizationId,
  actor: 'service:test',
  cause: 'request:1',
});

/** Counts events by organization, and does not know the type Unheard. */
const counting = {
  initialState: () => ({ count: 0 }),
  evolve: (state: { count: number }, { type }: { type: string }) => {
    if (type === 'Unheard') throw new Error('never heard of it');
    state.count += 1;
    return state;
  },
  exceptTypes: ['Bulk'],
};

function logOf(...events: NewEvent[]) {
  const log = new InMemoryEventLog();
  const append = (more: NewEvent) => log.append({ id: randomUUID(), events: [more], guards: [] });
  return { log, append, filled: Promise.all(events.map(append)) };
}

describe('a projection', () => {
  it('holds a state per organization, of all events up to the head', async () => {
    const acme = 'acme' as OrganizationId;
    const { log, append, filled } = logOf(
      event('One', 5),
      event('One', 9, acme),
      event('Bulk', 7),
      event('One', 8, acme),
    );
    await filled;
    const projection = new Projection(log, counting);
    expect(await projection.catchUp()).toBe(4);
    expect(projection.stateOf(defaultOrganization).count).toBe(1);
    expect(projection.stateOf(acme).count).toBe(2);
    expect(projection.newestAt).toBe(9);
    await append(event('One', 10));
    await projection.catchUp();
    expect(projection.stateOf(defaultOrganization).count).toBe(2);
  });

  describe('behind which another log is put', () => {
    async function replaced(by: InMemoryEventLog, more: number) {
      const { log, filled } = logOf(event('One', 1), event('One', 2));
      await filled;
      let current = log;
      const behind = { id: () => current.id(), read: (selection) => current.read(selection) } as EventLog;
      const projection = new Projection(behind, counting);
      await projection.catchUp();
      for (let n = 0; n < more; n += 1) await by.append({ id: `${n}`, events: [event('One', 3)], guards: [] });
      const put = (other: InMemoryEventLog) => {
        current = other;
      };
      return { projection, down: () => put(downLog(log)), replace: () => put(by) };
    }
    const downLog = (log: InMemoryEventLog) =>
      ({ id: () => log.id(), read: () => Promise.reject(new LogUnavailable('down')) }) as unknown as InMemoryEventLog;

    it('stands still when that one ends before it, though it has the same id', async () => {
      const { projection, replace } = await replaced(new InMemoryEventLog(), 1);
      replace();
      await expect(projection.catchUp()).rejects.toThrow(LogReplaced);
      expect(projection.fault).toBeInstanceOf(LogReplaced);
    });

    it('stands still when that one is longer and has an id of its own, once the log was away', async () => {
      const { projection, down, replace } = await replaced(new InMemoryEventLog(), 5);
      down();
      await expect(projection.catchUp()).rejects.toThrow(LogUnavailable);
      expect(projection.fault).toBeUndefined();
      replace();
      await expect(projection.catchUp()).rejects.toThrow(LogReplaced);
      await expect(projection.catchUp()).rejects.toThrow(LogReplaced);
      expect(projection.stateOf(defaultOrganization).count).toBe(2);
    });

    it('goes on when it is the same log again', async () => {
      const { log, append, filled } = logOf(event('One', 1));
      await filled;
      const { read } = log;
      const projection = new Projection(log, counting);
      await projection.catchUp();
      log.read = () => Promise.reject(new LogUnavailable('down'));
      await expect(projection.catchUp()).rejects.toThrow(LogUnavailable);
      log.read = read;
      await append(event('One', 2));
      await projection.catchUp();
      expect(projection.stateOf(defaultOrganization).count).toBe(2);
    });
  });

  it('reads for the first, and once more for all who ask while it reads', async () => {
    const { log, filled } = logOf(event('One', 1), event('One', 2));
    await filled;
    const read = log.read.bind(log);
    let reads = 0;
    log.read = (selection) => {
      reads += 1;
      return read(selection);
    };
    const projection = new Projection(log, counting);
    await Promise.all(Array.from({ length: 10 }, () => projection.catchUp()));
    expect(projection.stateOf(defaultOrganization).count).toBe(2);
    expect(reads).toBe(2);
  });

  it('takes in what was there when it was asked, though a reading from before that is under way', async () => {
    const { log, append, filled } = logOf(event('One', 1));
    await filled;
    const held = Promise.withResolvers<void>();
    const read = log.read.bind(log);
    log.read = async (selection) => {
      const page = await read(selection);
      await held.promise;
      return page;
    };
    const projection = new Projection(log, counting);
    const before = projection.catchUp();
    await setImmediate();
    await append(event('One', 2));
    const behind = [projection.catchUp(), projection.catchUp()];
    held.resolve();
    expect(await before).toBe(1);
    expect(await Promise.all(behind)).toEqual([2, 2]);
  });

  it('stalls at an event it does not know, with everything before it taken in and nothing behind it', async () => {
    const { log, filled } = logOf(event('One', 1), event('Unheard', 2), event('One', 3));
    await filled;
    const projection = new Projection(log, counting);
    await expect(projection.catchUp()).rejects.toThrow('stalled before position 2 (Unheard v1)');
    expect(projection.position).toBe(1);
    await expect(projection.catchUp()).rejects.toBe(projection.fault);
    expect(projection.stateOf(defaultOrganization).count).toBe(1);
  });
});

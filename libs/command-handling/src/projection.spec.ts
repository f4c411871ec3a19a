import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
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

  it('reads once when many ask at the same time', async () => {
    const { log, filled } = logOf(event('One', 1), event('One', 2));
    await filled;
    const projection = new Projection(log, counting);
    await Promise.all([projection.catchUp(), projection.catchUp(), projection.catchUp()]);
    expect(projection.stateOf(defaultOrganization).count).toBe(2);
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

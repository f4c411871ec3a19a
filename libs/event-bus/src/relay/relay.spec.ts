import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { BusUnavailable } from '../errors.ts';
import { eventually } from '../testing/eventually.ts';
import { noteUnit } from '../testing/note-unit.ts';
import { Relay, type RelaySettings } from './relay.ts';

/** Held from the beginning to the end. */
const leases: RelaySettings['leases'] = {
  withLease: (_, signal, work) => work({ epoch: 1, isHeld: () => true, signal }),
};
const cursors: RelaySettings['cursors'] = { read: async () => undefined, save: async () => {} };

describe('how far a relay is behind the log', () => {
  it('grows while the broker takes nothing, is nothing when it has taken all, and of a copy that waits', async () => {
    const log = new InMemoryEventLog();
    let isDown = true;
    const publish = async () => {
      if (isDown) throw new BusUnavailable('down');
    };
    const relay = new Relay({ log, bus: { publish }, topic: 'events', leases, cursors, keyOf: () => 'one key' });
    await log.append(noteUnit('before', 10));
    expect(await relay.lag()).toBe(0);
    const stop = new AbortController();
    const running = relay.run(stop.signal);
    await eventually(async () => expect(await relay.lag()).toBe(10));
    await log.append(noteUnit('more', 5));
    expect(await relay.lag()).toBe(15);
    isDown = false;
    await eventually(async () => expect(await relay.lag()).toBe(0));
    isDown = true;
    stop.abort();
    await running;
    await log.append(noteUnit('for another copy', 5));
    expect(await relay.lag()).toBe(0);
  });
});

import { PostgresEventLog } from '@lead-rotator/event-log';
import { createPool } from '@lead-rotator/postgres';
import { KafkaEventBus } from '../kafka/kafka-event-bus.ts';
import { Leases } from '../lease/leases.ts';
import { Relay } from '../relay/relay.ts';
import { RelayCursors } from '../relay/relay-cursors.ts';

/** A relay as a process of its own, for tests that stop or kill one: `node relay-process.js <database> <brokers> <topic>`. */
const [url = '', brokers = '', topic = ''] = process.argv.slice(2);
const applicationName = 'relay of the tests';
const pool = createPool({ url, applicationName });
const relay = new Relay({
  log: new PostgresEventLog({ url, applicationName }),
  bus: new KafkaEventBus({ brokers: brokers.split(','), clientId: applicationName }),
  topic,
  leases: new Leases({ pool, milliseconds: 2_000 }),
  cursors: new RelayCursors(pool),
  keyOf: () => 'one key',
  onPublished: (_, position) => process.send?.(position),
});
await relay.run(new AbortController().signal);

import { describe, expect, it } from '@jest/globals';
import { type Channel, Outbox } from '@lead-rotator/notification';
import { createPool } from '@lead-rotator/postgres';
import { MonotonicClock } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { NotifyMetrics } from './notify.metrics.ts';

const webhook: Channel = { name: 'webhook', concurrency: 1, deliver: async () => ({ outcome: 'sent' }) };

describe('the figures of the service', () => {
  it('can be read while the database is away; what it would have to be asked for is unknown then', async () => {
    const registry = new Registry();
    const metrics = new NotifyMetrics(registry);
    // Nobody answers on this port.
    const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/nothing', applicationName: 'spec' });
    metrics.backlog([webhook], new Outbox(pool), new MonotonicClock());
    metrics.tried('webhook', 'sent');
    const read = await registry.metrics();
    expect(read).toContain('lead_rotator_notifications_waiting{channel="webhook"} Nan');
    expect(read).toContain('lead_rotator_notification_lag_seconds{channel="webhook"} Nan');
    expect(read).toContain('lead_rotator_notifications_total{channel="webhook",outcome="sent"} 1');
    await pool.end();
  });
});

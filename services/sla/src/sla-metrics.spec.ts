import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { SlaMetrics } from './sla-metrics.ts';

describe('the figures of the service', () => {
  it('can be read while the database is away; what it would have to be asked for is unknown then', async () => {
    const registry = new Registry();
    const metrics = new SlaMetrics(registry);
    let count = () => Promise.resolve(7);
    metrics.openDeadlines(() => count());
    metrics.waitCutShort();
    expect(await registry.metrics()).toContain('lead_rotator_open_deadlines 7');
    count = () => Promise.reject(new Error('connect ECONNREFUSED'));
    const read = await registry.metrics();
    expect(read).toContain('lead_rotator_open_deadlines Nan');
    expect(read).toContain('lead_rotator_deadline_waits_cut_short_total 1');
  });
});

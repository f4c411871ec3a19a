import { describe, expect, it } from '@jest/globals';
import { Health } from './health.ts';

describe('readiness', () => {
  it('is given while nothing is registered', async () => {
    expect(await new Health().report()).toEqual({ ready: true, checks: {} });
  });

  it('is refused by one failing check, and says which and why', async () => {
    const health = new Health();
    health.register('log', () => undefined);
    health.register('bus', async () => 'no broker answers');
    expect(await health.report()).toEqual({ ready: false, checks: { log: 'ok', bus: 'no broker answers' } });
  });

  it('takes a check that throws as failed', async () => {
    const health = new Health();
    health.register('log', () => Promise.reject(new Error('connection refused')));
    expect(await health.report()).toEqual({ ready: false, checks: { log: 'connection refused' } });
  });

  it('does not wait for a check that hangs', async () => {
    const health = new Health();
    health.register('log', () => new Promise(() => {}));
    expect(await health.report()).toEqual({ ready: false, checks: { log: 'no answer within 2 s' } });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answering, Receiver } from '@lead-rotator/test-cluster';
import { WebhookEndpoint } from './webhook-endpoint.ts';

const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
const noon = Date.UTC(2026, 0, 5, 12);

let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(() => receiver.stop());

const endpoint = (timeoutMilliseconds = 5_000) =>
  new WebhookEndpoint({ url: receiver.url, secrets: [secret], timeoutMilliseconds, clock: () => noon });

describe('an endpoint', () => {
  it('gets the body as it is, with a signature that it can compute by itself', async () => {
    const body = '{"data":"ä"}';
    expect(await endpoint().post('log_1', body)).toEqual({ outcome: 'sent' });
    const [{ headers, body: arrived } = { headers: {}, body: '' }] = receiver.received;
    expect(arrived).toBe(body);
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': 'log_1',
      'webhook-timestamp': String(noon / 1000),
    });
    const key = await crypto.subtle.importKey('raw', Buffer.alloc(24, 5), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`log_1.${noon / 1000}.${body}`));
    expect(headers['webhook-signature']).toBe(`v1,${Buffer.from(signed).toString('base64')}`);
  });

  it.each([400, 406, 409, 413, 415, 422])('refuses one message with %d', async (status) => {
    receiver.answer = answering(status);
    expect(await endpoint().post('1', '{}')).toEqual({ outcome: 'refused', reason: `the endpoint answered ${status}` });
  });

  it.each([301, 307, 401, 403, 404, 408, 410, 429, 500, 502, 503])(
    'is away while it answers %d, which says nothing of the message',
    async (status) => {
      receiver.answer = answering(status, { location: 'http://127.0.0.1:1/' });
      expect(await endpoint().post('1', '{}')).toEqual({
        outcome: 'unavailable',
        reason: `the endpoint answered ${status}`,
      });
    },
  );

  it.each([
    ['7', 7_000],
    [new Date(noon + 90_000).toUTCString(), 90_000],
    [new Date(noon - 90_000).toUTCString(), 0],
  ])('says with Retry-After: %s how long it wants to be left alone', async (text, waitMilliseconds) => {
    receiver.answer = answering(503, { 'retry-after': text });
    expect(await endpoint().post('1', '{}')).toMatchObject({ outcome: 'unavailable', waitMilliseconds });
  });

  it('is away when nobody listens', async () => {
    await receiver.stop();
    expect(await endpoint().post('1', '{}')).toEqual({
      outcome: 'unavailable',
      reason: 'the endpoint cannot be reached (ECONNREFUSED)',
    });
    await receiver.listen();
  });

  it('is away when it does not answer in time', async () => {
    receiver.answer = () => undefined;
    expect(await endpoint(100).post('1', '{}')).toEqual({
      outcome: 'unavailable',
      reason: 'the endpoint did not answer within 0.1 s',
    });
  });
});

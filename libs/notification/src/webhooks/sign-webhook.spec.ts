import { describe, expect, it } from '@jest/globals';
import { signWebhook } from './sign-webhook.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };

describe('a signature', () => {
  it('is that of the example published with the scheme', () => {
    expect(signWebhook(message, [secret])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is there once for each secret', () => {
    const other = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const alone = signWebhook(message, [other])['webhook-signature'];
    expect(signWebhook(message, [secret, other])['webhook-signature']).toBe(
      `v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= ${alone}`,
    );
  });
});

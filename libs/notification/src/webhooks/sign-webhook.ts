import { createHmac } from 'node:crypto';

/** What is signed: the id of the message, when it is sent in whole seconds since 1970, and the bytes of the body. */
export interface SignedWebhook {
  readonly id: string;
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of a message by the Standard Webhooks scheme (standardwebhooks.com, symmetric signatures): HMAC-SHA256
 * over `id.timestamp.body`, keyed by the bytes that stand in base64 behind `whsec_`. With several secrets one signature
 * each, so that receivers may change theirs one by one.
 */
export function signWebhook(
  { id, timestamp, body }: SignedWebhook,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}

import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '../event-bus.ts';
import { fromDeadLetter, toDeadLetter } from './dead-letter.ts';

const message: IncomingMessage = {
  topic: 'leads.inbound',
  partition: 3,
  offset: 812n,
  timestamp: 0,
  key: Buffer.from([1, 200]),
  value: Buffer.from([0, 255]),
  headers: { ce_id: Buffer.from('fb-812'), raw: Buffer.from([200]) },
};
const facts = { reason: 'no email and no phone', count: 3, at: Date.parse('2026-01-05T09:00:00Z') };

describe('a dead letter', () => {
  it('keeps bytes, key and headers, and says why it is one and where it came from', () => {
    expect(toDeadLetter(message, facts)).toEqual({
      key: message.key,
      value: message.value,
      headers: {
        ...message.headers,
        dlq_reason: 'no email and no phone',
        dlq_topic: 'leads.inbound',
        dlq_partition: '3',
        dlq_offset: '812',
        dlq_count: '3',
        dlq_at: '2026-01-05T09:00:00.000Z',
      },
    });
  });

  it('becomes again what it was', () => {
    const { headers, ...letter } = toDeadLetter(message, facts);
    const bytes = Object.entries(headers).map(([name, value]) => [name, Buffer.from(value ?? '')] as const);
    const lying = { ...message, ...letter, headers: Object.fromEntries(bytes) } as IncomingMessage;
    expect(fromDeadLetter(lying)).toEqual({ key: message.key, value: message.value, headers: message.headers });
  });

  it('cuts a reason that is too long for a header', () => {
    expect(toDeadLetter(message, { ...facts, reason: 'x'.repeat(9_999) }).headers.dlq_reason).toHaveLength(1_000);
  });
});

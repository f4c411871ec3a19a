import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage, OutgoingMessage } from '../event-bus.ts';
import { fromRetry, retryTopic, toRetry } from './retried-message.ts';

const message: IncomingMessage = {
  topic: 'leads.activities',
  partition: 3,
  offset: 9_007_199_254_740_993n,
  timestamp: 1_767_603_600_000,
  key: Buffer.from('L1'),
  value: Buffer.from([0, 255]),
  headers: { ce_id: Buffer.from('7'), none: null },
};

/** As it is read from the topic of what is tried again. */
const asRead = ({ key, value, headers }: OutgoingMessage): IncomingMessage => ({
  topic: retryTopic('leads.activities'),
  partition: 0,
  offset: 5n,
  timestamp: 1_767_603_700_000,
  key: key === null ? null : Buffer.from(key),
  value,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, given]) => [name, given === null ? null : Buffer.from(given)]),
  ),
});

describe('a message that is tried again', () => {
  it('is what it was, from the place where it was', () => {
    const tried = { message, since: 1_767_603_600_500 };
    expect(fromRetry(asRead(toRetry(tried)))).toEqual(tried);
  });

  it.each([
    ['by hand', {}],
    ['with a place that is none', { retry_topic: 'leads.activities', retry_partition: 'x', retry_offset: '1' }],
  ])('is taken as it is when somebody has sent it %s', (_, headers) => {
    const sent = asRead({ key: 'L1', value: Buffer.from('{}'), headers });
    expect(fromRetry(sent)).toEqual({ message: sent, since: sent.timestamp });
  });
});

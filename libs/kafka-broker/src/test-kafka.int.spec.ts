import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { testBrokerSource, testKafka } from './test-kafka.ts';

const kafka = await testKafka();
const source = await testBrokerSource();

describe('a Kafka for tests', () => {
  if ('skipped' in kafka || 'skipped' in source) {
    it.skip(`is skipped: ${'skipped' in kafka ? kafka.skipped : ''}`, () => undefined);
    return;
  }

  it('is the same for all who ask', async () => {
    expect(await testKafka()).toEqual(kafka);
    expect(await answers(kafka.brokers[0])).toBe(true);
  });

  it('is found again at the same place after it was killed and restarted', async () => {
    const own = await source.start();
    try {
      expect(await answers(own.brokers[0])).toBe(true);
      await own.kill();
      expect(await answers(own.brokers[0])).toBe(false);
      await own.restart();
      expect(await answers(own.brokers[0])).toBe(true);
    } finally {
      await own.stop();
    }
    expect(await answers(own.brokers[0])).toBe(false);
  });
});

function answers(broker = ''): Promise<boolean> {
  const [host, port] = broker.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

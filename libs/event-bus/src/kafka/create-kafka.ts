import kafkajs from 'kafkajs';
import { silentLogger } from '../bus-logger.ts';
import { kafkaLogger } from './kafka-logger.ts';
import type { KafkaSettings } from './kafka-settings.ts';
import { packedHeaders } from './packed-headers.ts';
import { directProduceRequests } from './produce-request.ts';
import { quietRequestQueue } from './quiet-request-queue.ts';

quietRequestQueue();
packedHeaders();
directProduceRequests();

/**
 * kafkajs gives up after about three seconds; our own loops, which know what may be repeated and what must be told,
 * take over from there.
 */
const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 };

export function createKafka(settings: KafkaSettings): kafkajs.Kafka {
  const { tls, sasl } = settings;
  return new kafkajs.Kafka({
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry,
    logLevel: kafkajs.logLevel.WARN,
    logCreator: kafkaLogger(settings.logger ?? silentLogger),
    ...(tls === undefined ? {} : { ssl: tls }),
    ...(sasl === undefined ? {} : { sasl: sasl as kafkajs.SASLOptions }),
  });
}

import { readFileSync } from 'node:fs';
import {
  type EventBus,
  KafkaEventBus,
  type KafkaSettings,
  LocalEventBus,
  type OffsetLoss,
} from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import { serviceRole } from '@lead-rotator/postgres';
import type { Logger, Settings } from '@lead-rotator/service-host';
import { inWords } from './in-words.ts';

/** What the buses need; the local one lives in the database of the log. */
export interface BusParts {
  readonly log: EventLog;
  readonly url: string;
  readonly applicationName: string;
  readonly logger: Logger;
  /** Told when messages of a group have expired unread, or its offsets lie behind the end of a topic of Kafka. */
  readonly onOffsetLoss?: (loss: OffsetLoss) => void;
}

/** Kafka where brokers are set, else the bus on the log's own database. */
export function openBus(settings: Settings, { log, url, applicationName, logger, onOffsetLoss }: BusParts): EventBus {
  const kafka = kafkaSettings(settings);
  if (kafka !== undefined) {
    return new KafkaEventBus({ ...kafka, logger, log, ...(onOffsetLoss === undefined ? {} : { onOffsetLoss }) });
  }
  return new LocalEventBus({ log, url, applicationName, role: serviceRole, logger });
}

/** What is set about Kafka; undefined without brokers. */
function kafkaSettings(settings: Settings): KafkaSettings | undefined {
  const { kafkaBrokers: brokers, kafkaTls, kafkaTlsCa, kafkaSaslMechanism: mechanism } = settings;
  const { kafkaSaslUsername: username, kafkaSaslPassword: password } = settings;
  if (brokers === undefined) return undefined;
  const tls = kafkaTlsCa === undefined ? kafkaTls : { ca: readAuthorities(kafkaTlsCa) };
  const hasLogin = mechanism !== undefined && username !== undefined && password !== undefined;
  return {
    brokers,
    clientId: 'lead-rotator',
    ...(tls === false ? {} : { tls }),
    ...(hasLogin ? { sasl: { mechanism, username, password } } : {}),
  };
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`KAFKA_TLS_CA: ${inWords(error)}`, { cause: error });
  }
}

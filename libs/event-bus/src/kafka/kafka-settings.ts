import type { EventLog } from '@lead-rotator/event-log';
import type { BusLogger } from '../bus-logger.ts';

/** How the Kafka cluster is reached. */
export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** Under which name the brokers know us. */
  readonly clientId: string;
  /** True for TLS with the system's authorities; a PEM text for others. */
  readonly tls?: boolean | { readonly ca: string };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
  /**
   * After how long without a sign of life a consumer's partitions go to others; default 6,000, the least that brokers
   * allow by default. A copy that was killed or stopped is silent for this long and about a second more.
   */
  readonly sessionMilliseconds?: number;
  readonly logger?: BusLogger;
  /**
   * The log that takes in what consumers read. Its id is kept beside the offsets of their groups, and a consumer does not
   * join a group whose offsets belong to another. None: nothing is kept or looked at.
   */
  readonly log?: Pick<EventLog, 'id'>;
  /** Called when messages of a group have expired unread, or its offsets lie behind the end of the topic. */
  readonly onOffsetLoss?: (loss: OffsetLoss) => void;
}

/** A group stood where the topic is not (any more); it goes on with the oldest message that is there. */
export interface OffsetLoss {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  /** The offset that the group wanted to read next. */
  readonly wanted: bigint;
  /** Where it goes on. */
  readonly resumed: bigint;
}

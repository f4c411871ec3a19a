import { findFreePort } from '@lead-rotator/local-server';
import { GenericContainer, Wait } from 'testcontainers';
import type { OwnBroker } from './broker.ts';

/** The same version as the jars of `deploy/kafka/pom.xml`. */
const image = 'apache/kafka:4.2.0';

/** One KRaft node in a container; removed by testcontainers' reaper even if we die. Throws without a Docker engine. */
export async function startContainerBroker(): Promise<OwnBroker> {
  // A broker tells its clients where it is found, so its port must be known before it starts.
  const port = await findFreePort();
  const container = await new GenericContainer(image)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      KAFKA_HEAP_OPTS: '-Xmx512m',
    })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .start();

  return {
    brokers: [`127.0.0.1:${port}`],
    kill: async () => {
      await container.stop({ remove: false, timeout: 0 });
    },
    restart: () => container.restart({ timeout: 10_000 }),
    stop: async () => {
      await container.stop({ removeVolumes: true });
    },
  };
}

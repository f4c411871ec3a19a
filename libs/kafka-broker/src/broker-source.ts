import { getContainerRuntimeClient } from 'testcontainers';
import type { BrokerSource } from './broker.ts';
import { startContainerBroker } from './container-broker.ts';
import { startJarBroker } from './jar-broker.ts';
import { kafkaJars } from './kafka-jars.ts';

/** Where a broker of one's own comes from: a container where a Docker engine answers, else the Apache jars, else nowhere. */
export async function findBrokerSource(): Promise<BrokerSource | undefined> {
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (engine !== undefined) return { name: 'container', start: startContainerBroker };
  const jars = await kafkaJars();
  if (jars !== undefined) return { name: 'jars', start: () => startJarBroker(jars) };
  return undefined;
}

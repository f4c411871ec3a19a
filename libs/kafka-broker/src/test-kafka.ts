import type { OwnBroker, OwnBrokers } from './broker.ts';
import { findBrokerSource } from './broker-source.ts';
import { startJarBrokers } from './jar-broker.ts';
import { kafkaJars } from './kafka-jars.ts';
import { sharedBroker } from './shared-broker.ts';

const missing = 'no Kafka found: set KAFKA_BROKERS, start a Docker engine, or install a JDK (17 or later) and Maven';

/** The Kafka that tests run against; `skipped` says why there is none. */
export type TestKafka = { readonly brokers: readonly string[] } | { readonly skipped: string };

/**
 * Looks for a Kafka: `KAFKA_BROKERS`, else one shared by all test files, in a container or from the Apache jars.
 * Where there is none the tests are to be skipped; with `CI` set that is an error.
 *
 *     const kafka = await testKafka();
 *     describeKafka(kafka, 'the Kafka event bus', (brokers) => { it(…) });
 */
export async function testKafka(): Promise<TestKafka> {
  const given = process.env.KAFKA_BROKERS;
  if (given !== undefined && given !== '') return { brokers: given.split(',') };
  const brokers = await sharedBroker();
  return brokers === undefined ? skipped() : { brokers };
}

/** A way to start brokers of one's own, for tests that kill or restart one. */
export async function testBrokerSource(): Promise<{ start(): Promise<OwnBroker> } | { readonly skipped: string }> {
  return (await findBrokerSource()) ?? skipped();
}

/** A way to start several nodes of one's own, for tests that kill a leader: from the Apache jars only. */
export async function testBrokersSource(): Promise<
  { start(nodes: number): Promise<OwnBrokers> } | { readonly skipped: string }
> {
  const jars = await kafkaJars();
  return jars === undefined ? skipped() : { start: (nodes) => startJarBrokers(jars, nodes) };
}

function skipped(): { readonly skipped: string } {
  if (process.env.CI !== undefined && process.env.CI !== '') throw new Error(missing);
  return { skipped: missing };
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@lead-rotator/local-server';
import type { OwnBroker, OwnBrokers } from './broker.ts';
import { JarNode } from './jar-node.ts';
import type { NodePorts } from './server-properties.ts';

/** One KRaft node from the Apache jars, on free ports. */
export async function startJarBroker(jars: string): Promise<OwnBroker> {
  const { nodes, brokers, stop } = await startNodes(jars, 1);
  const [node] = nodes as [JarNode];
  return {
    brokers,
    get pid() {
      return node.pid;
    },
    kill: () => node.end('SIGKILL'),
    restart: () => restart(node),
    stop,
  };
}

/** So many nodes that share one quorum, on free ports; half a gigabyte each. */
export async function startJarBrokers(jars: string, count: number): Promise<OwnBrokers> {
  const { nodes, brokers, stop } = await startNodes(jars, count);
  const nodeAt = (broker: string) => nodes[brokers.indexOf(broker)] as JarNode;
  return {
    brokers,
    kill: (broker) => nodeAt(broker).end('SIGKILL'),
    restart: (broker) => restart(nodeAt(broker)),
    stop,
  };
}

async function restart(node: JarNode): Promise<void> {
  await node.end('SIGTERM');
  await node.boot();
}

async function startNodes(jars: string, count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-kafka-'));
  const clusterId = randomBytes(16).toString('base64url');
  const ports: NodePorts[] = [];
  for (let at = 0; at < count; at += 1)
    ports.push({ port: await findFreePort(), controllerPort: await findFreePort() });
  const nodes = await Promise.all(ports.map((_, at) => JarNode.format(jars, folder, clusterId, at + 1, ports)));
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.end('SIGKILL')));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await Promise.all(nodes.map((node) => node.boot()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { nodes, brokers: ports.map(({ port }) => `127.0.0.1:${port}`), stop };
}

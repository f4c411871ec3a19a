/** One node of a KRaft quorum, broker and controller in one; ports of 127.0.0.1. */
export interface NodePorts {
  readonly port: number;
  readonly controllerPort: number;
}

/**
 * Settings of a node (they count from 1) among all nodes; small, and quick to let consumers join. Kafka's own topics lie
 * on all of them, and take a write while one is away. A killed broker is let in again only when its old session has run
 * out: with the default of 9 s a restart took 12 s.
 */
export function serverProperties(node: number, nodes: readonly NodePorts[], data: string): string {
  const { port, controllerPort } = nodes[node - 1] as NodePorts;
  const voters = nodes.map((one, index) => `${index + 1}@127.0.0.1:${one.controllerPort}`).join(',');
  const enough = Math.max(1, nodes.length - 1);
  return `process.roles=broker,controller
node.id=${node}
controller.quorum.voters=${voters}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
log.dirs=${data}
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
auto.create.topics.enable=false
offsets.topic.replication.factor=${nodes.length}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=${nodes.length}
transaction.state.log.min.isr=${enough}
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.cleaner.dedupe.buffer.size=8388608
`;
}

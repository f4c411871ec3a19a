/**
 * Settings of one KRaft node, broker and controller in one; small, and quick to let consumers join. A killed broker is
 * let in again only when its old session has run out: with the default of 9 s a restart took 12 s.
 */
export function serverProperties(port: number, controllerPort: number, data: string): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
log.dirs=${data}
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.cleaner.dedupe.buffer.size=8388608
`;
}

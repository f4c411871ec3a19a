import { LeadBusStrategy } from '@lead-rotator/event-bus';
import type { INestApplication } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { Host } from './host.ts';
import type { Service } from './service.ts';

/**
 * Connects the `@EventBatch` handlers of each service to the bus, under a consumer group of the service's name. Whether
 * they are fed is part of the readiness. What is returned stops them, when the batches under way are done.
 */
export function connectConsumers(app: INestApplication, services: readonly Service[], host: Host): () => Promise<void> {
  const deadLetters = new Counter({
    name: 'lead_rotator_dead_letters_total',
    help: 'messages put on a dead-letter topic',
    labelNames: ['topic'],
    registers: [host.metrics],
  });
  const strategies: { readonly name: string; readonly strategy: LeadBusStrategy }[] = [];
  for (const { name, consumes } of services) {
    if (consumes === undefined) continue;
    const strategy = new LeadBusStrategy({
      bus: host.bus,
      group: name,
      logger: host.logger,
      now: () => host.clock.now(),
      onDeadLetters: (topic, messages) => deadLetters.inc({ topic }, messages),
      ...(typeof consumes === 'function' ? consumes(host.settings) : consumes),
    });
    strategies.push({ name, strategy });
    app.connectMicroservice({ strategy });
    host.health.register(`messages of ${name}`, () => strategy.problem());
  }
  const lag: Gauge = new Gauge({
    name: 'lead_rotator_consumer_lag_messages',
    help: 'messages that the consumer group of a service has still to handle',
    labelNames: ['group', 'topic'],
    registers: [host.metrics],
    // Asked for when the figures are read: while nothing is handled, it must grow. None while the bus does not answer.
    collect: async () => {
      lag.reset();
      const lags = strategies.map(async ({ name, strategy }) => {
        for (const [topic, messages] of await strategy.lag().catch(() => []))
          lag.set({ group: LeadBusStrategy.groupId(name), topic }, messages);
      });
      await Promise.all(lags);
    },
  });
  return async () => {
    await Promise.all(strategies.map(({ strategy }) => strategy.close()));
  };
}

import { type EventBus, LeadBusStrategy, type LeadBusStrategySettings } from '@lead-rotator/event-bus';
import type { RemoteEventLog } from '@lead-rotator/event-log';
import { createLogger, MonotonicClock, Settings } from '@lead-rotator/service-host';
import type { Pool } from 'pg';

/** What a copy of a service is given when its process starts. */
export interface CopyParts {
  readonly log: RemoteEventLog;
  readonly pool: Pool;
  readonly bus: EventBus;
}

export const logger = createLogger('silent', 'simulation');
export const settings = new Settings();

/** By the clock of the machine that it runs on. */
export const newClock = (): MonotonicClock => new MonotonicClock(() => Date.now());

/** Connects the handlers of a controller to the bus, as Nest does when it finds them by their decorators. */
export function consume(
  controller: object,
  methods: readonly string[],
  { bus, ...rest }: LeadBusStrategySettings,
): void {
  const strategy = new LeadBusStrategy({ bus, logger, ...rest });
  for (const method of methods) {
    const handler = (controller as Record<string, (batch: unknown) => Promise<unknown>>)[method];
    if (handler === undefined) throw new Error(`${controller.constructor.name} has no ${method}`);
    const [pattern] = Reflect.getMetadata('microservices:pattern', handler) as [object];
    const extras = Reflect.getMetadata('microservices:pattern_extras', handler) as Record<string, unknown>;
    strategy.addHandler(pattern, (batch: unknown) => handler.call(controller, batch), true, extras);
  }
  void strategy.listen((error) => {
    if (error !== undefined) throw error;
  });
}

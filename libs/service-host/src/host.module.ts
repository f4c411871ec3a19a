import { type DynamicModule, Module } from '@nestjs/common';
import { HealthController } from './health.controller.ts';
import { Health } from './health.ts';
import { CONTACT_DIRECTORY, DATABASE, EVENT_BUS, EVENT_LOG, type Host, LOGGER, METRICS } from './host.ts';
import { MetricsController } from './metrics.controller.ts';
import { MonotonicClock } from './monotonic-clock.ts';
import { Settings } from './settings.ts';

@Module({})
class HostModule {}

/** Gives every module of the process what they share, and the paths that every process answers. */
export function hostModule(host: Host): DynamicModule {
  const providers = [
    { provide: Settings, useValue: host.settings },
    { provide: LOGGER, useValue: host.logger },
    { provide: EVENT_LOG, useValue: host.log },
    { provide: CONTACT_DIRECTORY, useValue: host.contacts },
    { provide: DATABASE, useValue: host.database },
    { provide: EVENT_BUS, useValue: host.bus },
    { provide: MonotonicClock, useValue: host.clock },
    { provide: Health, useValue: host.health },
    { provide: METRICS, useValue: host.metrics },
  ];
  return {
    module: HostModule,
    global: true,
    controllers: [HealthController, MetricsController],
    providers,
    exports: providers.map(({ provide }) => provide),
  };
}

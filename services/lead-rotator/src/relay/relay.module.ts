import type { Service } from '@lead-rotator/service-host';
import { Module } from '@nestjs/common';
import { RelayRunner } from './relay.runner.ts';

@Module({ providers: [RelayRunner] })
class RelayModule {}

/** Publishes the log on its topic. */
export const relay: Service = { name: 'relay', module: RelayModule };

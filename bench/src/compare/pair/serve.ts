import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { readyForParent } from '../child.ts';
import { CaptureController } from './capture.controller.ts';
import { LeadProducer } from './lead-producer.ts';
import { pairDatabase } from './pair-database.ts';
import { settings } from './pair-settings.ts';
import { RouterController } from './router.controller.ts';

const database = { provide: DataSource, useFactory: () => pairDatabase(settings.databaseUrl).initialize() };

@Module({ controllers: [CaptureController], providers: [database, LeadProducer] })
class CaptureModule {}

@Module({ controllers: [RouterController], providers: [database, LeadProducer] })
class RouterModule {}

const services: Readonly<Record<string, Type>> = { capture: CaptureModule, router: RouterModule };

/** `node serve.js capture|router`: one service of the pair as a process; tells its parent when it is in its group. */
const [, , name = ''] = process.argv;
const service = services[name];
if (service === undefined) throw new Error(`no service ${name}`);
const app = await NestFactory.createMicroservice<MicroserviceOptions>(service, {
  transport: Transport.KAFKA,
  options: {
    client: { clientId: `${settings.prefix}-${name}`, brokers: [...settings.brokers] },
    consumer: { groupId: `${settings.prefix}-${name}`, allowAutoTopicCreation: false },
    subscribe: { fromBeginning: true },
    run: { partitionsConsumedConcurrently: settings.partitionsAtOnce },
    producer: { allowAutoTopicCreation: false },
  },
  logger: ['error', 'warn', 'fatal'],
});
await app.listen();
readyForParent();

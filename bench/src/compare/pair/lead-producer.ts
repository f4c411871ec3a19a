import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { settings } from './pair-settings.ts';

/** Sends events by Nest's Kafka client, each when it is asked to; resolves when the broker has it. */
@Injectable()
export class LeadProducer implements OnModuleInit, OnModuleDestroy {
  readonly #client = new ClientKafka({
    client: { clientId: settings.prefix, brokers: [...settings.brokers] },
    producer: { allowAutoTopicCreation: false },
    producerOnlyMode: true,
  });

  async onModuleInit(): Promise<void> {
    await this.#client.connect();
  }

  async send(topic: string, event: { readonly leadId: string }): Promise<void> {
    await lastValueFrom(this.#client.emit(topic, { key: event.leadId, value: event }));
  }

  async onModuleDestroy(): Promise<void> {
    await this.#client.close();
  }
}

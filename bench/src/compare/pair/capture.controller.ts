import { Controller, ValidationPipe } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { LeadEntity } from './lead.entity.ts';
import { LeadRequest } from './lead.request.ts';
import type { LeadCaptured } from './lead-events.ts';
import { LeadProducer } from './lead-producer.ts';
import { topics } from './pair-settings.ts';

/** Takes leads from the topic, stores them, and tells that they are there. */
@Controller()
export class CaptureController {
  constructor(
    private readonly database: DataSource,
    private readonly producer: LeadProducer,
  ) {}

  @EventPattern<string>(topics.inbound)
  async capture(@Payload(new ValidationPipe({ transform: true, whitelist: true })) lead: LeadRequest): Promise<void> {
    const { id, source, firstName = null, lastName = null, email, ...details } = lead;
    const receivedAt = new Date();
    await this.database.transaction(async (manager) => {
      const row = { id, source, firstName, lastName, email, details, receivedAt };
      await manager.createQueryBuilder().insert().into(LeadEntity).values(row).orIgnore().execute();
    });
    const event: LeadCaptured = { leadId: id, source, group: lead.group, receivedAt };
    await this.producer.send(topics.captured, event);
  }
}

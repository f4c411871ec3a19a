import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { DataSource, type EntityManager, IsNull, Not } from 'typeorm';
import { LeadEntity } from './lead.entity.ts';
import type { LeadAssigned, LeadCaptured } from './lead-events.ts';
import { LeadProducer } from './lead-producer.ts';
import { rotationId } from './pair-database.ts';
import { settings, topics } from './pair-settings.ts';
import { RotationEntity } from './rotation.entity.ts';

/** Gives every captured lead to the next in turn, and tells who has it. */
@Controller()
export class RouterController {
  constructor(
    private readonly database: DataSource,
    private readonly producer: LeadProducer,
  ) {}

  @EventPattern<string>(topics.captured)
  async assign(@Payload() { leadId }: LeadCaptured): Promise<void> {
    const lead = await this.database.transaction((manager) => this.#takeTurn(manager, leadId));
    await this.producer.send(topics.assigned, { leadId, ...lead });
  }

  async #takeTurn(manager: EntityManager, leadId: string): Promise<Omit<LeadAssigned, 'leadId'>> {
    const lock = { mode: 'pessimistic_write' } as const;
    const rotation = await manager.findOneOrFail(RotationEntity, { where: { id: rotationId }, lock });
    const routed = settings.looksFirst
      ? await manager.findOneBy(LeadEntity, { id: leadId, ownerId: Not(IsNull()) })
      : null;
    if (routed !== null) {
      const { ownerId, turn, due, assignedAt } = routed;
      return { rotationId, ownerId, turn, due, assignedAt } as Omit<LeadAssigned, 'leadId'>;
    }
    const turn = rotation.turn + 1;
    const ownerId = rotation.members[rotation.turn % rotation.members.length] ?? '';
    const assignedAt = new Date();
    const due = new Date(assignedAt.getTime() + rotation.claimWithin);
    const assigned = { rotationId, ownerId, turn, due, assignedAt };
    await manager.update(RotationEntity, rotationId, { turn });
    await manager.update(LeadEntity, leadId, assigned);
    return assigned;
  }
}

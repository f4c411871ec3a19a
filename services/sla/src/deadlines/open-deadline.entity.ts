import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `open_deadlines`. Positions and times (epoch milliseconds) are numbers by the connection's type parsers. */
@Entity('open_deadlines')
export class OpenDeadline {
  @PrimaryColumn('text', { name: 'organization' })
  organizationId!: OrganizationId;

  @PrimaryColumn('text', { name: 'lead_id' })
  leadId!: LeadId;

  @Column('bigint')
  due!: number;

  /** Position of the event that set it. */
  @Column('bigint')
  assigned!: number;

  @Column('text', { name: 'rotation_id' })
  rotationId!: RotationId;

  /** Null while the lead is offered to several. */
  @Column('text', { name: 'owner_id', nullable: true })
  ownerId!: UserId | null;
}

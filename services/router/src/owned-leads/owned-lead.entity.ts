import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A lead that somebody has. Positions and times (epoch milliseconds) are numbers by the connection's type parsers. */
@Entity('owned_leads')
export class OwnedLead {
  @PrimaryColumn('text', { name: 'organization_id' })
  organizationId!: string;

  @PrimaryColumn('text', { name: 'lead_id' })
  leadId!: string;

  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  @Column('bigint', { name: 'since_position' })
  sincePosition!: number;

  @Column('bigint')
  since!: number;

  @Column('text', { name: 'rotation_id', nullable: true })
  rotationId!: string | null;

  @Column('bigint', { nullable: true })
  due!: number | null;

  @Column('boolean')
  claimed!: boolean;

  @Column('text', { nullable: true })
  outcome!: 'won' | 'lost' | null;

  @Column('boolean', { name: 'owner_found_inactive' })
  ownerFoundInactive!: boolean;

  /** The rotation that had a part in it, by a turn or not. */
  @Column('text', { name: 'given_by', nullable: true })
  givenBy!: string | null;

  @Column('text', { nullable: true })
  source!: string | null;

  @Column('bigint', { name: 'claimed_at', nullable: true })
  claimedAt!: number | null;

  @Column('bigint', { name: 'missed_at', nullable: true })
  missedAt!: number | null;
}

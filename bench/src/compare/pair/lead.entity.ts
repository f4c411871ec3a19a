import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A lead and, once it was routed, whose it is. */
@Entity('lead')
export class LeadEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  source!: string;

  @Column('text', { nullable: true })
  firstName!: string | null;

  @Column('text', { nullable: true })
  lastName!: string | null;

  @Index()
  @Column('text')
  email!: string;

  /** Everything else that was sent: where it came from, score, free attributes. */
  @Column('jsonb')
  details!: object;

  @Column('timestamptz')
  receivedAt!: Date;

  @Column('text', { nullable: true })
  rotationId!: string | null;

  @Index()
  @Column('text', { nullable: true })
  ownerId!: string | null;

  /** Number of the rotation's turn by which the owner got it. */
  @Column('int', { nullable: true })
  turn!: number | null;

  @Column('timestamptz', { nullable: true })
  assignedAt!: Date | null;

  @Index()
  @Column('timestamptz', { nullable: true })
  due!: Date | null;
}

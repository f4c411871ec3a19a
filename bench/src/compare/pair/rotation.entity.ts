import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who takes turns, and how many have been given out. The row is the lock of the rotation. */
@Entity('rotation')
export class RotationEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { array: true })
  members!: string[];

  @Column('int', { default: 0 })
  turn!: number;

  /** Milliseconds in which a lead has to be claimed. */
  @Column('int')
  claimWithin!: number;
}

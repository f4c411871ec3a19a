import type { Person } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { OwnedLead } from '../owned-leads/owned-lead.entity.ts';

/** A lead in the list of its owner. */
export class UserLead {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ enum: ['assigned', 'claimed', 'won', 'lost'] })
  readonly state!: string;

  @ApiProperty({ format: 'date-time', description: 'since when they have it' })
  readonly since!: string;

  @ApiPropertyOptional({ example: 'web', description: 'the rotation by whose turn it came; absent: outside the turn' })
  readonly rotationId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when it has to be claimed' })
  readonly due?: string;

  @ApiProperty({ type: Object, description: 'name, email, phone, attributes; `{ "erased": true }` when forgotten' })
  readonly person!: object;
}

export class UserLeadsAnswer {
  @ApiProperty({ type: [UserLead], description: 'the newest first' })
  readonly leads!: readonly UserLead[];

  @ApiPropertyOptional({ example: '4211', description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;

  @ApiProperty({ example: 0, description: 'how many events the list is behind the log' })
  readonly behind!: number;
}

export function userLead(row: OwnedLead, person: Person | undefined): UserLead {
  return {
    id: row.leadId,
    state: row.outcome ?? (row.claimed ? 'claimed' : 'assigned'),
    since: new Date(row.since).toISOString(),
    ...(row.rotationId === null ? {} : { rotationId: row.rotationId }),
    ...(row.due === null ? {} : { due: new Date(row.due).toISOString() }),
    person: person ?? {},
  };
}

import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Until when a lead has to be claimed. */
export class DeadlineResponse {
  @ApiProperty({ type: String })
  readonly leadId!: LeadId;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'null: it has no deadline' })
  readonly due!: string | null;

  @ApiPropertyOptional({
    type: String,
    description: 'who has to claim it; absent: nobody, or it is offered to several',
  })
  readonly ownerId?: UserId;

  @ApiPropertyOptional({ type: String, description: 'the rotation that takes it away when it is not claimed' })
  readonly rotationId?: RotationId;
}

export class DeadlinePage {
  @ApiProperty({ type: [DeadlineResponse], description: 'the next that are due, in the order in which they fire' })
  readonly deadlines!: readonly DeadlineResponse[];

  @ApiPropertyOptional({ description: '`after` of the next page; absent on the last one' })
  readonly next?: string;
}

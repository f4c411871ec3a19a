import type { LeadId, UserId } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Who has a declined lead now. */
export class DeclineResponse {
  @ApiProperty({ type: String })
  readonly leadId!: LeadId;

  @ApiPropertyOptional({ type: String, description: 'who has it instead; absent: it waits until somebody is eligible' })
  readonly ownerId?: UserId;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when they have to claim it' })
  readonly due?: string;
}

import type { Fault } from '@lead-rotator/service-host';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CapturedLead } from './captured-lead.response.ts';

class LeadFault implements Fault {
  @ApiProperty({ example: '/email', description: 'JSON pointer to what is wrong; empty: the lead as a whole' })
  readonly path!: string;

  @ApiProperty({ example: 'is not an email address' })
  readonly message!: string;
}

/** What has become of one lead of a batch. */
export class LeadAnswer {
  @ApiProperty({ enum: ['created', 'repeated', 'invalid'] })
  readonly result!: 'created' | 'repeated' | 'invalid';

  @ApiPropertyOptional({ type: CapturedLead, description: 'unless it is invalid' })
  readonly lead?: CapturedLead;

  @ApiPropertyOptional({ type: [LeadFault], description: 'if it is invalid' })
  readonly faults?: readonly Fault[];
}

export class BatchAnswer {
  @ApiProperty()
  readonly created!: number;

  @ApiProperty()
  readonly repeated!: number;

  @ApiProperty()
  readonly invalid!: number;

  @ApiProperty({ type: [LeadAnswer], description: 'one for each lead, in their order' })
  readonly answers!: readonly LeadAnswer[];
}

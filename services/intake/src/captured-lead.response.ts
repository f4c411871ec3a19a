import { ApiProperty } from '@nestjs/swagger';

/** What is answered for a captured lead: the same for ever, however often it comes again. No personal data in it. */
export class CapturedLead {
  @ApiProperty({ format: 'uuid', description: 'UUIDv5 of organization, source and id' })
  readonly leadId!: string;

  @ApiProperty({ example: 'facebook' })
  readonly source!: string;

  @ApiProperty({ example: 'fb-812', description: 'the id its source gave it, or what stands in for it' })
  readonly id!: string;

  @ApiProperty({ example: 'new', description: 'the pipeline step it came with' })
  readonly status!: string;

  @ApiProperty({ format: 'date-time', description: 'when its source received it' })
  readonly receivedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'when it was captured' })
  readonly capturedAt!: string;

  @ApiProperty({ minimum: 1, description: 'position of its LeadCaptured in the log' })
  readonly position!: number;
}

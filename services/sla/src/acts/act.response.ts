import { actOutcomes } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ActAnswer } from './act-answer.ts';

/** What is answered to somebody who says what was done. */
export class ActResponse implements Omit<ActAnswer, 'repeated'> {
  @ApiProperty({ type: String, description: 'the lead it was done about' })
  readonly leadId!: ActAnswer['leadId'];

  @ApiProperty({ description: 'the id of the act, or what stands in for it' })
  readonly activityId!: string;

  @ApiProperty({
    enum: ['claims', 'recorded', 'too-late'],
    description: 'claims: the lead is claimed by it; too-late: the deadline had passed; recorded: it claims nothing',
  })
  readonly outcome!: ActAnswer['outcome'];

  @ApiProperty({ enum: actOutcomes, description: 'the same more exactly: why it claims nothing' })
  readonly reason!: ActAnswer['reason'];

  @ApiPropertyOptional({ type: String, description: 'who has the lead after it; absent: nobody' })
  readonly ownerId?: NonNullable<ActAnswer['ownerId']>;
}

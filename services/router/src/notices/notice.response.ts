import { notices } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RaisedNotice } from './notices.read-model.ts';

/** Something that a person should look at. */
export class NoticeAnswer {
  @ApiProperty({ example: 4211, description: 'position in the log of the event that raised it' })
  readonly position!: number;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ enum: notices })
  readonly notice!: string;

  @ApiPropertyOptional({ format: 'uuid' })
  readonly leadId?: string;

  @ApiPropertyOptional({ example: 'web' })
  readonly rotationId?: string;

  @ApiPropertyOptional({ example: 'ann', description: 'the owner, the former owner, or the member it is about' })
  readonly userId?: string;
}

export class NoticesAnswer {
  @ApiProperty({ type: [NoticeAnswer], description: 'the newest first' })
  readonly notices!: readonly NoticeAnswer[];

  @ApiPropertyOptional({ example: '4211', description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;

  @ApiProperty({ example: 0, description: 'how many events the list is behind the log' })
  readonly behind!: number;
}

export function noticeAnswer(row: RaisedNotice): NoticeAnswer {
  const { position, at, notice, lead_id: leadId, rotation_id: rotationId, user_id: userId } = row;
  return {
    position,
    at: new Date(at).toISOString(),
    notice,
    ...(leadId === null ? {} : { leadId }),
    ...(rotationId === null ? {} : { rotationId }),
    ...(userId === null ? {} : { userId }),
  };
}

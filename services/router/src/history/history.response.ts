import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One change of how leads are distributed. */
export class ChangeAnswer {
  @ApiProperty({ example: 4211, description: 'position in the log; what it was then can be restored by it' })
  readonly position!: number;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ example: 'user:ann', description: 'who did it' })
  readonly actor!: string;

  @ApiProperty({ example: 'request:8f6c', description: 'what it answers; changes of one request have the same' })
  readonly cause!: string;

  @ApiProperty({ example: 'StrategyChanged' })
  readonly type!: string;

  @ApiProperty({ example: 'Chooses by fewest-assigned with period week.' })
  readonly words!: string;

  @ApiProperty({ type: Object, description: 'the event itself, as the contract describes it' })
  readonly data!: unknown;
}

export class HistoryAnswer {
  @ApiProperty({ type: [ChangeAnswer], description: 'the newest first' })
  readonly changes!: readonly ChangeAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

export const changeAnswer = (change: RecordedEvent, words: string): ChangeAnswer => ({
  position: change.position,
  at: new Date(change.at).toISOString(),
  actor: change.actor,
  cause: change.cause,
  type: change.type,
  words,
  data: change.data,
});

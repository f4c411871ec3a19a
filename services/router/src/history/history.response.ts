import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { explainChange } from './explain-change.ts';
import type { RecordedChange } from './rotation-changes.ts';

/** One change of a rotation. */
export class ChangeAnswer {
  @ApiProperty({ example: 4211, description: 'position in the log; what the rotation was then can be restored by it' })
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

export class RotationHistoryAnswer {
  @ApiProperty({ type: [ChangeAnswer], description: 'the newest first' })
  readonly changes!: readonly ChangeAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

export const changeAnswer = (change: RecordedChange): ChangeAnswer => ({
  position: change.position,
  at: new Date(change.at).toISOString(),
  actor: change.actor,
  cause: change.cause,
  type: change.type,
  words: explainChange(change),
  data: change.data,
});

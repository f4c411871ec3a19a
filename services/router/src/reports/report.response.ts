import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ReportColumn, reportColumns } from './report-request.ts';

const share = { type: Number, nullable: true, example: 0.3333 } as const;

/** A line of the distribution report; what each figure means exactly says the reference of reports. */
export class ReportRow {
  @ApiPropertyOptional({ type: String, example: 'ann' })
  readonly member?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'web',
    description: 'null: no rotation had a part in it',
  })
  readonly rotation?: string | null;

  @ApiPropertyOptional({ type: String, example: 'facebook' })
  readonly source?: string;

  @ApiPropertyOptional({ type: String, example: '2026-01' })
  readonly month?: string;

  @ApiProperty({ example: 40, description: 'times that somebody got a lead, in whichever way' })
  readonly received!: number;

  @ApiProperty({ example: 36, description: 'those of them that were turns' })
  readonly turns!: number;

  @ApiProperty({ example: 30 })
  readonly claimed!: number;

  @ApiProperty({ example: 4, description: 'deadlines that passed' })
  readonly missed!: number;

  @ApiProperty({ type: Number, nullable: true, example: 312.5, description: 'null: nothing was claimed' })
  readonly medianSecondsToClaim!: number | null;

  @ApiProperty({ example: 6 })
  readonly won!: number;

  @ApiProperty({ example: 14 })
  readonly lost!: number;

  @ApiProperty({ type: Number, nullable: true, example: 0.3, description: 'won of won and lost; null: none is closed' })
  readonly closeRate!: number | null;

  @ApiPropertyOptional({ ...share, description: 'of the turns; null: there were none. By member only' })
  readonly shareReceived?: number | null;

  @ApiPropertyOptional({ ...share, description: 'of the same turns, by the settings of the rotations. By member only' })
  readonly shareDue?: number | null;
}

export class DistributionReport {
  @ApiProperty({ format: 'date-time' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time', description: 'not included' })
  readonly to!: string;

  @ApiProperty({ enum: reportColumns, isArray: true })
  readonly by!: readonly ReportColumn[];

  @ApiProperty({ type: [ReportRow], description: 'in the order of the columns asked for' })
  readonly rows!: readonly ReportRow[];

  @ApiProperty({ example: 0, description: 'how many events the report is behind the log' })
  readonly behind!: number;
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { claimPolicy, rotationSettings } from '@lead-rotator/lead-events';
import { type Distribution, nextInLine, type Rotation } from '@lead-rotator/rotation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MemberAnswer, memberAnswers } from './member.response.ts';
import { writtenAs, writtenStrategy } from './strategy.request.ts';

const shownSettings = {
  ...rotationSettings,
  properties: { ...rotationSettings.properties, strategy: writtenStrategy },
};

export class RotationAnswer {
  @ApiProperty({ example: 'web' })
  readonly id!: string;

  @ApiProperty({ example: 'Web leads' })
  readonly name!: string;

  @ApiProperty({ description: 'off: its leads go to number one on the roster' })
  readonly on!: boolean;

  @ApiProperty({ example: 'round-robin' })
  readonly strategy!: string;

  @ApiProperty({ example: 812, description: 'turns so far' })
  readonly turns!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'ann',
    description: 'whose turn it would be now, for a lead without attributes; null: nobody is eligible, or it is off',
  })
  readonly next!: string | null;

  @ApiPropertyOptional({
    ...(claimPolicy as object),
    description: 'how leads of its turns are to be claimed; absent: they need not be',
  })
  readonly claim?: object;

  @ApiProperty({ ...(shownSettings as object), description: 'everything that was set, as it can be sent again' })
  readonly settings!: object;

  @ApiProperty({ type: [MemberAnswer], description: 'in list order' })
  readonly members!: readonly MemberAnswer[];
}

export class RotationsAnswer {
  @ApiProperty({ type: [RotationAnswer] })
  readonly rotations!: readonly RotationAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

export function rotationAnswer(distribution: Distribution, rotation: Rotation, at: EpochMilliseconds): RotationAnswer {
  const { id, name, on, strategy, turns, claim, settings, list } = rotation;
  return {
    id,
    name,
    on,
    strategy: strategy.type,
    turns,
    next: (on ? nextInLine(distribution, id, at) : undefined) ?? null,
    ...(claim === undefined ? {} : { claim }),
    settings: { ...settings, ...(settings.strategy === undefined ? {} : { strategy: writtenAs(settings.strategy) }) },
    members: memberAnswers(distribution, list, rotation.strategy.type, at),
  };
}

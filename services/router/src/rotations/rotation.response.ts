import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { claimPolicy, rotationSettings } from '@lead-rotator/lead-events';
import { type Distribution, type Member, memberAbsence, nextInLine, type Rotation } from '@lead-rotator/rotation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A member as the API shows them. */
export class MemberAnswer {
  @ApiProperty({ example: 'ann' })
  readonly userId!: string;

  @ApiProperty({ example: 1, description: 'place in the list, from 1' })
  readonly place!: number;

  @ApiProperty({ example: 17, description: 'leads that this rotation has sent them' })
  readonly leadsSent!: number;

  @ApiProperty({ description: 'gets no leads of this rotation until resumed' })
  readonly paused!: boolean;

  @ApiPropertyOptional({ example: 'off-hours', description: 'why they take no leads now; absent: they are there' })
  readonly absent?: string;

  @ApiProperty({ description: 'deadlines missed in a row' })
  readonly missesInARow!: number;
}

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

  @ApiProperty({ ...(rotationSettings as object), description: 'everything that was set' })
  readonly settings!: object;

  @ApiProperty({ type: [MemberAnswer], description: 'in list order' })
  readonly members!: readonly MemberAnswer[];
}

export class RotationsAnswer {
  @ApiProperty({ type: [RotationAnswer] })
  readonly rotations!: readonly RotationAnswer[];
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
    settings,
    members: list.map((member) => memberAnswer(distribution, member, at)),
  };
}

function memberAnswer(distribution: Distribution, member: Member, at: EpochMilliseconds): MemberAnswer {
  const absent = memberAbsence(distribution, member, at);
  return {
    userId: member.userId,
    place: member.place + 1,
    leadsSent: member.counts.total,
    paused: member.paused,
    ...(absent === undefined ? {} : { absent }),
    missesInARow: member.misses,
  };
}

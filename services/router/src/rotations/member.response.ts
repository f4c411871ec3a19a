import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { memberSettings, type StrategyType } from '@lead-rotator/lead-events';
import { type Distribution, type Member, memberAbsence } from '@lead-rotator/rotation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { dueWeight } from './due-weight.ts';

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

  @ApiProperty({ ...(memberSettings as object), description: 'everything that was set for them' })
  readonly settings!: object;

  @ApiProperty({
    example: 0.7,
    description:
      'what they are due of a turn if all take part: by their weight if the strategy is weighted, by their leadsPerCycle if it is priority-tier, otherwise the same for all',
  })
  readonly share!: number;

  @ApiProperty({ example: 0, description: 'turns that count as had (above 0) or not had, for fewest-assigned' })
  readonly credit!: number;
}

export function memberAnswers(
  distribution: Distribution,
  members: readonly Member[],
  strategy: StrategyType,
  at: EpochMilliseconds,
): MemberAnswer[] {
  const weights = members.reduce((sum, member) => sum + dueWeight(strategy, member.settings), 0);
  return members.map((member) => {
    const absent = memberAbsence(distribution, member, at);
    const { paused: _, ...settings } = member.settings;
    return {
      userId: member.userId,
      place: member.place + 1,
      leadsSent: member.counts.total,
      paused: member.paused,
      ...(absent === undefined ? {} : { absent }),
      missesInARow: member.misses,
      settings,
      share: Math.round((dueWeight(strategy, member.settings) / weights) * 10_000) / 10_000,
      credit: member.credit,
    };
  });
}

import type { Distribution, User } from '@lead-rotator/rotation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** A user as the API shows them. */
export class UserAnswer {
  @ApiProperty({ example: 'ann' })
  readonly id!: string;

  @ApiProperty({ example: 'ann@acme.example' })
  readonly email!: string;

  @ApiPropertyOptional({ example: 'Ann' })
  readonly name?: string;

  @ApiProperty({ description: 'false: gets no leads and counts as nobody' })
  readonly active!: boolean;

  @ApiProperty({ description: 'their own switch: whether they take leads at present' })
  readonly switchedOn!: boolean;

  @ApiProperty({ enum: ['basic', 'complete'] })
  readonly plan!: string;

  @ApiProperty({ example: ['agent'] })
  readonly roles!: readonly string[];

  @ApiProperty({ example: ['pick-up'] })
  readonly permissions!: readonly string[];

  @ApiPropertyOptional({ example: 'north' })
  readonly team?: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin' })
  readonly timeZone?: string;

  @ApiProperty({ description: 'leads they own that are neither won nor lost' })
  readonly openLeads!: number;

  @ApiProperty({ description: 'at most so many open leads; 0: no limit' })
  readonly maxOpen!: number;
}

export class UsersAnswer {
  @ApiProperty({ type: [UserAnswer], description: 'in roster order; the first active one is number one' })
  readonly users!: readonly UserAnswer[];
}

export function userAnswer(distribution: Distribution, user: User): UserAnswer {
  const { id, email, name, active, switchedOn, plan, roles, permissions, team, timeZone, maxOpen } = user;
  return {
    id,
    email,
    ...(name === undefined ? {} : { name }),
    active,
    switchedOn,
    plan,
    roles,
    permissions,
    ...(team === undefined ? {} : { team }),
    ...(timeZone === undefined ? {} : { timeZone }),
    openLeads: distribution.openOf(id),
    maxOpen,
  };
}

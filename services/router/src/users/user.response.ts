import { userProfile } from '@lead-rotator/lead-events';
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

  @ApiProperty({ type: [String], example: ['agent'] })
  readonly roles!: readonly string[];

  @ApiProperty({ type: [String], example: ['pick-up'] })
  readonly permissions!: readonly string[];

  @ApiPropertyOptional({ example: 'north' })
  readonly team?: string;

  @ApiPropertyOptional({ example: 'Europe/Berlin' })
  readonly timeZone?: string;

  @ApiPropertyOptional({ example: 'ann', description: 'whose downline they belong to' })
  readonly sponsor?: string;

  @ApiPropertyOptional({ example: 'bob.acme.example', description: 'their subdomain site' })
  readonly site?: string;

  @ApiPropertyOptional({
    ...(userProfile.hours as object),
    example: { 'mon-fri': '09:00-17:00' },
    description: 'absent: always',
  })
  readonly hours?: object;

  @ApiProperty({ ...(userProfile.away as object), example: [{ from: '2026-01-06', to: '2026-01-08' }] })
  readonly away!: readonly object[];

  @ApiProperty({ type: Object, example: { languages: ['de', 'en'] } })
  readonly attributes!: object;

  @ApiProperty({ ...(userProfile.caps as object), description: 'over all rotations, in their own time zone' })
  readonly caps!: object;

  @ApiProperty({ description: 'leads they own that are neither won nor lost' })
  readonly openLeads!: number;

  @ApiProperty({ description: 'at most so many open leads; 0: no limit' })
  readonly maxOpen!: number;
}

export class UsersAnswer {
  @ApiProperty({ type: [UserAnswer], description: 'in roster order; the first active one is number one' })
  readonly users!: readonly UserAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

export function userAnswer(distribution: Distribution, user: User): UserAnswer {
  const { id, email, active, switchedOn, plan, roles, permissions, attributes, caps, maxOpen, written } = user;
  const { name, team, sponsor, site, timeZone } = user;
  const known = Object.entries({ name, team, sponsor, site, timeZone }).filter(([, value]) => value !== undefined);
  return {
    id,
    email,
    ...Object.fromEntries(known),
    active,
    switchedOn,
    plan,
    roles,
    permissions,
    ...written,
    attributes,
    caps,
    openLeads: distribution.openOf(id),
    maxOpen,
  };
}

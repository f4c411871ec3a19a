import type { Distribution } from '@lead-rotator/rotation';
import { ApiProperty } from '@nestjs/swagger';

export class OrganizationAnswer {
  @ApiProperty({ example: 'Europe/Berlin', description: 'of everything that names none of its own' })
  readonly timeZone!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'DE',
    description: 'for phone numbers without a prefix; null: that of the setting DEFAULT_COUNTRY',
  })
  readonly country!: string | null;

  @ApiProperty({ enum: ['owner', 'route', 'ignore'], description: 'what becomes of a lead of a known contact' })
  readonly existingContact!: string;

  @ApiProperty({
    enum: ['keep', 'if-unavailable', 'overwrite'],
    description: 'what an owner that a lead brings is worth',
  })
  readonly preassigned!: string;
}

export function organizationAnswer({ organization }: Distribution): OrganizationAnswer {
  const { timeZone = 'UTC', country = null, existingContact = 'owner', preassigned = 'keep' } = organization;
  return { timeZone, country, existingContact, preassigned };
}

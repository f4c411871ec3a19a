import type { EventContext } from '@lead-rotator/event-sourcing';
import { organizationSettings } from '@lead-rotator/lead-events';
import { changeOrganization } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpStatus, Patch } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Static, Type } from 'typebox';
import { admins } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { OrganizationAnswer, organizationAnswer } from './organization.response.ts';

const changeOrganizationRequest = Type.Object(
  { ...organizationSettings, country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'like DE' })) },
  {
    additionalProperties: false,
    minProperties: 1,
    examples: [{ timeZone: 'Europe/Berlin', country: 'DE', existingContact: 'owner', preassigned: 'keep' }],
  },
);

@ApiTags('organization')
@DescribeRequestContext()
@Controller('organization')
export class OrganizationController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What holds for all rotations, defaults included',
    description: 'Time zone, country of phone numbers, known contacts, and leads that came with an owner.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: OrganizationAnswer })
  async one(@RequestContext() context: EventContext): Promise<OrganizationAnswer> {
    const { distribution } = await this.distributions.current(context);
    return organizationAnswer(distribution);
  }

  @Patch()
  @ApiOperation({
    summary: 'Change what holds for all rotations',
    description: 'By an admin. What is named becomes new, the rest stays.',
  })
  @ApiBody({ schema: { ...changeOrganizationRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: OrganizationAnswer })
  async change(
    @RequestContext() context: EventContext,
    @Body(new RequestBody(changeOrganizationRequest)) settings: Static<typeof changeOrganizationRequest>,
  ): Promise<OrganizationAnswer> {
    await this.configuration.change(context, admins, (distribution, at) =>
      changeOrganization(distribution, settings, at),
    );
    return this.one(context);
  }
}

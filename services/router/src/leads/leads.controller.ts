import type { LeadState } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { EventContext } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, EVENT_LOG, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Inject, Param } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { readersOf } from '../access/lead-readers.ts';
import { Distributions } from '../distribution/distributions.ts';
import { findLead } from './find-lead.ts';
import { LeadAnswer } from './lead.response.ts';

@ApiTags('leads')
@DescribeRequestContext()
@Controller('leads')
export class LeadsController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly distributions: Distributions,
  ) {}

  @Get(':leadId')
  @ApiOperation({
    summary: 'A lead: owner, state, and everything that happened to it with the reason of each decision',
    description: 'From the log, as of now. For its owner, whoever manages its rotation, managers and admins.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead' })
  one(@RequestContext() context: EventContext, @Param('leadId') leadId: LeadId): Promise<LeadAnswer> {
    const check = (lead: LeadState) => this.distributions.current(context, readersOf(lead));
    return findLead(this.log, context.organizationId, leadId, check);
  }
}

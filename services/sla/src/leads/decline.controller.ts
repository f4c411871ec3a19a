import type { EventContext } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, InvalidRequest, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, HttpCode, HttpStatus, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ActiveUserGuard } from '../access/active-user.guard.ts';
import { DeclineRequest } from './decline.request.ts';
import { DeclineResponse } from './decline.response.ts';
import { DeclineLeads } from './decline-leads.handler.ts';

@ApiTags('leads')
@DescribeRequestContext()
@UseGuards(ActiveUserGuard)
@Controller('leads')
export class DeclineController {
  constructor(private readonly leads: DeclineLeads) {}

  @Post(':leadId/decline')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'The owner does not want the lead',
    description: 'It is reassigned at once, if it came by a turn and is not claimed; that is not a miss.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: DeclineResponse })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-owner, or not-allowed: claimed, or not by a turn' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead or unknown-user' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'closed' })
  decline(
    @Param('leadId') leadId: LeadId,
    @Body() { by }: DeclineRequest,
    @RequestContext() context: EventContext,
  ): Promise<DeclineResponse> {
    const user = by ?? (context.actor.startsWith('user:') ? context.actor.slice('user:'.length) : undefined);
    if (user === undefined) throw new InvalidRequest([{ path: '/by', message: 'is missing' }]);
    return this.leads.decline(context, leadId, user);
  }
}

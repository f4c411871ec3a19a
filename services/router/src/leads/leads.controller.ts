import type { EventLog } from '@lead-rotator/event-log';
import type { EventContext } from '@lead-rotator/event-sourcing';
import type { LeadId, UserId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, EVENT_LOG, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Static, Type } from 'typebox';
import { readersOf } from '../access/reads-lead.ts';
import { Distributions } from '../distribution/distributions.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { userOf } from '../user-of.ts';
import { findLead } from './find-lead.ts';
import { HandOver } from './hand-over.handler.ts';
import { LeadAnswer } from './lead.response.ts';

const userId = Type.String({ minLength: 1, maxLength: 200 });
const handOverRequest = Type.Object(
  {
    to: { ...userId, description: 'id of the new owner' },
    by: Type.Optional({
      ...userId,
      description: 'id of the user who gives it: its owner, a manager or an admin; default: X-Actor',
    }),
  },
  { additionalProperties: false, examples: [{ to: 'bob', by: 'ann' }] },
);

@ApiTags('leads')
@DescribeRequestContext()
@Controller('leads')
export class LeadsController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly hand: HandOver,
    private readonly distributions: Distributions,
  ) {}

  @Get(':leadId')
  @ApiOperation({
    summary: 'A lead: owner, state, and everything that happened to it with the reason of each decision',
  })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead' })
  async one(@RequestContext() context: EventContext, @Param('leadId') leadId: LeadId): Promise<LeadAnswer> {
    const lead = await findLead(this.log, context.organizationId, leadId);
    await this.distributions.current(context, readersOf(lead));
    return lead;
  }

  @Post(':leadId/hand-over')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Give a lead to somebody', description: 'Outside the turn; a running deadline is over.' })
  @ApiBody({ schema: { ...handOverRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-owner' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'inactive-user or closed' })
  async handOver(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(handOverRequest)) { to, by }: Static<typeof handOverRequest>,
  ): Promise<LeadAnswer> {
    const giver = (by as UserId | undefined) ?? userOf(context.actor);
    await this.hand.handOver(context, leadId, to as UserId, giver);
    return findLead(this.log, context.organizationId, leadId);
  }
}

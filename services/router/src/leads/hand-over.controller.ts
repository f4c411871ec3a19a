import { handOverLead } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import { type EventContext, isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, EVENT_LOG, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, HttpCode, HttpStatus, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequestBody } from '../request-body.pipe.ts';
import { byWhom, refusalToWork, userNamed } from './by-whom.ts';
import { findLead } from './find-lead.ts';
import { HandOverManyAnswer, handOverManyAnswer } from './hand-over.response.ts';
import {
  type HandOverManyRequest,
  type HandOverRequest,
  handOverManyRequest,
  handOverRequest,
  mostHandedOver,
} from './lead.requests.ts';
import { LeadAnswer } from './lead.response.ts';
import { type Wish, WorkLeads } from './work-leads.handler.ts';

@ApiTags('leads')
@DescribeRequestContext()
@Controller('leads')
export class HandOverController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly leads: WorkLeads,
  ) {}

  @Post(':leadId/hand-over')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Give a lead to somebody', description: 'Outside the turn; a running deadline is over.' })
  @ApiBody({ schema: { ...handOverRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-owner' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead or unknown-user' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'inactive-user or closed' })
  async one(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(handOverRequest)) { to, by }: HandOverRequest,
  ): Promise<LeadAnswer> {
    await this.leads.one(context, leadId, giving(to, byWhom(context, by)), by);
    return findLead(this.log, context.organizationId, leadId);
  }

  @Post('hand-over')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Give many leads to somebody',
    description: `Up to ${mostHandedOver} of them, each answered for itself: what is refused stops none of the others.`,
  })
  @ApiBody({ schema: { ...handOverManyRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: HandOverManyAnswer })
  async many(
    @RequestContext() context: EventContext,
    @Body(new RequestBody(handOverManyRequest)) { leads, to, by }: HandOverManyRequest,
  ): Promise<HandOverManyAnswer> {
    const leadIds = leads as LeadId[];
    const outcomes = await this.leads.many(context, leadIds, giving(to, byWhom(context, by)), by);
    return handOverManyAnswer(leadIds, outcomes);
  }
}

const giving =
  (to: string, by: string | undefined): Wish =>
  (scene, at) => {
    const named = (user: string) => userNamed(scene.distribution, user);
    const receiver = named(to);
    const decided = handOverLead(scene, { to: receiver, ...(by === undefined ? {} : { by: named(by) }) }, at);
    // The domain asks for the role alone; whoever was deactivated has none any more.
    if (!isRejected(decided)) return refusalToWork(scene, by) ?? decided;
    if (decided.facts.userId !== receiver) return decided;
    return new Rejection(decided.code, { ...decided.facts, path: 'to' });
  };

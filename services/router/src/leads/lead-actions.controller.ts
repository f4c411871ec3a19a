import { changeLeadStatus, closeLead, pickUpLead, rerouteLead } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { EventContext } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, EVENT_LOG, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, HttpCode, HttpStatus, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequestBody } from '../request-body.pipe.ts';
import { byWhom, refusalToManage, refusalToWork, requireByWhom, userNamed } from './by-whom.ts';
import { findLead } from './find-lead.ts';
import {
  type ByWhomRequest,
  byWhomRequest,
  type OutcomeRequest,
  outcomeRequest,
  type StatusRequest,
  statusRequest,
} from './lead.requests.ts';
import { LeadAnswer } from './lead.response.ts';
import { type Wish, WorkLeads } from './work-leads.handler.ts';

@ApiTags('leads')
@DescribeRequestContext()
@ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead or unknown-user' })
@Controller('leads/:leadId')
export class LeadActionsController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly leads: WorkLeads,
  ) {}

  @Post('pick-up')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Take a lead that waits in a queue, or that is offered',
    description: 'It is theirs, outside the turn, and claimed; an offered one is their turn. Of two, one gets it.',
  })
  @ApiBody({ schema: { ...byWhomRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-allowed' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'taken, not-in-queue, not-permitted-status or closed' })
  pickUp(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(byWhomRequest)) { by: named }: ByWhomRequest,
  ): Promise<LeadAnswer> {
    const by = requireByWhom(context, named);
    return this.#done(
      context,
      leadId,
      (scene, at) => pickUpLead(scene, { by: userNamed(scene.distribution, by) }, at),
      by,
    );
  }

  @Post('reroute')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Send a lead without an owner through the rules again',
    description: 'By managers and admins. Nobody counts as having had or declined it.',
  })
  @ApiBody({ schema: { ...byWhomRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-allowed' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'taken: it has an owner; or closed' })
  reroute(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(byWhomRequest)) { by: named }: ByWhomRequest,
  ): Promise<LeadAnswer> {
    const by = byWhom(context, named);
    const wish: Wish = (scene, at) => refusalToManage(scene.distribution, by, leadId) ?? rerouteLead(scene, at);
    return this.#done(context, leadId, wish, by);
  }

  @Post('outcome')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'A lead is won or lost',
    description: 'It is closed: its deadline and its waiting end. By its owner, a manager or an admin.',
  })
  @ApiBody({ schema: { ...outcomeRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-owner' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'closed: with the other outcome' })
  outcome(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(outcomeRequest)) { is, by: named }: OutcomeRequest,
  ): Promise<LeadAnswer> {
    const by = byWhom(context, named);
    return this.#done(context, leadId, (scene, at) => refusalToWork(scene, by) ?? closeLead(scene, is, at), by);
  }

  @Post('status')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'A lead is at another step of the pipeline',
    description: 'By its owner, a manager or an admin. Claims nothing.',
  })
  @ApiBody({ schema: { ...statusRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-owner' })
  status(
    @RequestContext() context: EventContext,
    @Param('leadId') leadId: LeadId,
    @Body(new RequestBody(statusRequest)) { is, by: named }: StatusRequest,
  ): Promise<LeadAnswer> {
    const by = byWhom(context, named);
    return this.#done(context, leadId, (scene, at) => refusalToWork(scene, by) ?? changeLeadStatus(scene, is, at), by);
  }

  async #done(context: EventContext, leadId: LeadId, wish: Wish, by: string | undefined): Promise<LeadAnswer> {
    await this.leads.one(context, leadId, wish, by);
    return findLead(this.log, context.organizationId, leadId);
  }
}

import type { EventLog } from '@lead-rotator/event-log';
import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { TableProjector } from '@lead-rotator/read-models';
import { DescribeRequestContext, EVENT_LOG, Refused, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { readersOfQueue } from '../access/rights.ts';
import { Distributions } from '../distribution/distributions.ts';
import { requireByWhom } from '../leads/by-whom.ts';
import { findLead } from '../leads/find-lead.ts';
import { type ByWhomRequest, byWhomRequest } from '../leads/lead.requests.ts';
import { LeadAnswer } from '../leads/lead.response.ts';
import { cutPage, DescribePositionPage, positionPage } from '../position-page.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { singleValue } from '../single-value.pipe.ts';
import { leadEventsOf } from './lead-events-of-page.ts';
import { PickUpFromQueue } from './pick-up-from-queue.handler.ts';
import { QueueAnswer, queuedLead } from './queue.response.ts';
import { UnassignedLeads } from './unassigned-leads.read-model.ts';

@ApiTags('queues')
@ApiParam({ name: 'rotationId', example: 'web' })
@DescribeRequestContext()
@Controller('rotations/:rotationId')
export class QueueController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly distributions: Distributions,
    private readonly tables: TableProjector,
    private readonly queue: UnassignedLeads,
    private readonly pick: PickUpFromQueue,
  ) {}

  @Get('queue')
  @ApiOperation({
    summary: 'The leads that wait in a rotation, the longest waiting first',
    description:
      'For members of the rotation, its owner, managers and admins. What is shown of a lead is up to the strategy: ' +
      'queue-hidden only that it is there, queue-preview the fields of previewFields, the others all but who the ' +
      'person is. From a table that follows the log; `behind` says by how many events.',
  })
  @DescribePositionPage()
  @ApiResponse({ status: HttpStatus.OK, type: QueueAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation' })
  async waiting(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Query('limit', singleValue) limitText: string | undefined,
    @Query('cursor', singleValue) cursorText: string | undefined,
  ): Promise<QueueAnswer> {
    const { limit, cursor = 0 } = positionPage(limitText, cursorText);
    const { organizationId } = context;
    const { distribution } = await this.distributions.current(context, readersOfQueue(rotationId));
    const rotation = distribution.rotations.get(rotationId);
    if (rotation === undefined) throw new Refused(new Rejection('unknown-rotation', { rotationId }));
    const rows = await this.queue.page(organizationId, rotationId, cursor, limit + 1);
    const { page, next } = cutPage(rows, limit, ({ sincePosition }) => sincePosition);
    const isHidden = rotation.strategy.type === 'queue-hidden';
    const events = await leadEventsOf(this.log, organizationId, isHidden ? [] : page, true);
    return {
      rotationId,
      strategy: rotation.strategy.type,
      waiting: await this.queue.waiting(organizationId, rotationId),
      leads: page.map((lead) => queuedLead(rotation, lead, events.get(lead.leadId))),
      ...next,
      behind: await this.tables.behind(),
    };
  }

  @Post('pick-up')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Take the lead that waits longest among those that may be picked',
    description: 'As picking it up by its id; when somebody else is faster, the next one is taken.',
  })
  @ApiBody({ schema: { ...byWhomRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: LeadAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'not-allowed' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'not-in-queue: none waits; not-permitted-status, taken' })
  async pickUp(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(byWhomRequest)) { by }: ByWhomRequest,
  ): Promise<LeadAnswer> {
    const leadId = await this.pick.pickUp(context, rotationId, requireByWhom(context, by));
    return findLead(this.log, context.organizationId, leadId);
  }
}

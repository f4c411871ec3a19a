import type { Projection } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { type EventContext, type OrganizationId, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import { DescribeRequestContext, EVENT_LOG, Refused, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ActiveUserGuard } from '../access/active-user.guard.ts';
import { requireManager, requireReader } from '../access/lead-readers.ts';
import { PROJECTION } from '../access/projection.ts';
import { readLead } from '../leads/read-lead.ts';
import { DeadlinePage, DeadlineResponse } from './deadline.response.ts';
import { Deadlines } from './deadlines.read-model.ts';
import { DeadlinesRequest } from './deadlines.request.ts';
import type { OpenDeadline } from './open-deadline.entity.ts';

@ApiTags('deadlines')
@DescribeRequestContext()
@UseGuards(ActiveUserGuard)
@Controller()
export class DeadlinesController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(PROJECTION) private readonly projection: Projection<Distribution>,
    private readonly deadlines: Deadlines,
  ) {}

  @Get('leads/:leadId/deadline')
  @ApiOperation({ summary: 'Until when a lead has to be claimed', description: 'As it stands in the log now.' })
  @ApiResponse({ status: HttpStatus.OK, type: DeadlineResponse })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead' })
  async ofLead(
    @Param('leadId') leadId: LeadId,
    @RequestContext() { organizationId, actor }: EventContext,
  ): Promise<DeadlineResponse> {
    const lead = await readLead(this.log, organizationId, leadId);
    if (lead === undefined) throw new Refused(new Rejection('unknown-lead', { leadId }));
    requireReader(await this.#distribution(organizationId), actor, lead);
    const due = lead.due ?? lead.offer?.until;
    const rotationId = lead.due === undefined ? lead.offer?.rotationId : lead.turnRotationId;
    return {
      leadId,
      due: due === undefined ? null : new Date(due).toISOString(),
      ...(lead.ownerId === undefined ? {} : { ownerId: lead.ownerId }),
      ...(rotationId === undefined ? {} : { rotationId }),
    };
  }

  @Get('deadlines')
  @ApiOperation({
    summary: 'What is due next',
    description: 'For managers and admins. From a table that may be a moment behind the log.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: DeadlinePage })
  async next(
    @Query() { after, limit }: DeadlinesRequest,
    @RequestContext() { organizationId, actor }: EventContext,
  ): Promise<DeadlinePage> {
    requireManager(await this.#distribution(organizationId), actor);
    const [due, assigned] = after?.split('.').map(Number) ?? [];
    const place = due === undefined || assigned === undefined ? undefined : { due, assigned };
    const rows = await this.deadlines.next(organizationId, place, limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      deadlines: rows.map(responseOf),
      ...(last === undefined ? {} : { next: `${last.due}.${last.assigned}` }),
    };
  }

  async #distribution(organizationId: OrganizationId): Promise<Distribution> {
    await this.projection.catchUp();
    return this.projection.stateOf(organizationId);
  }
}

function responseOf({ leadId, due, ownerId, rotationId }: OpenDeadline): DeadlineResponse {
  return {
    leadId,
    due: new Date(due).toISOString(),
    ...(ownerId === null ? {} : { ownerId }),
    rotationId,
  };
}

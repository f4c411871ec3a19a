import type { EventLog } from '@lead-rotator/event-log';
import type { EventContext } from '@lead-rotator/event-sourcing';
import { TableProjector } from '@lead-rotator/read-models';
import { DescribeRequestContext, EVENT_LOG, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { managers } from '../access/rights.ts';
import { Distributions } from '../distribution/distributions.ts';
import { cutPage, DescribePositionPage, positionPage } from '../position-page.ts';
import { singleValue } from '../single-value.pipe.ts';
import { leadEventsOf } from './lead-events-of-page.ts';
import { UnassignedLeadsAnswer, unassignedLead } from './unassigned.response.ts';
import { UnassignedLeads } from './unassigned-leads.read-model.ts';

/** Before the controller of single leads, for which `unassigned` would be the id of one. */
@ApiTags('queues')
@DescribeRequestContext()
@Controller('leads/unassigned')
export class UnassignedController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly tables: TableProjector,
    private readonly leads: UnassignedLeads,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'All leads that nobody has, with the reason for each',
    description:
      'For managers and admins. In a queue, held, offered, or nowhere. From a table that follows the log; `behind` says ' +
      'how far.',
  })
  @DescribePositionPage()
  @ApiResponse({ status: HttpStatus.OK, type: UnassignedLeadsAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit', singleValue) limitText: string | undefined,
    @Query('cursor', singleValue) cursorText: string | undefined,
  ): Promise<UnassignedLeadsAnswer> {
    const { limit, cursor = 0 } = positionPage(limitText, cursorText);
    const { organizationId } = context;
    await this.distributions.current(context, managers);
    const rows = await this.leads.page(organizationId, undefined, cursor, limit + 1);
    const { page, next } = cutPage(rows, limit, ({ sincePosition }) => sincePosition);
    const events = await leadEventsOf(this.log, organizationId, page, true);
    const notices = await this.leads.noticesOf(
      organizationId,
      page.map(({ leadId }) => leadId),
    );
    return {
      leads: page.flatMap((lead) => {
        const own = events.get(lead.leadId);
        return own === undefined ? [] : [unassignedLead(lead, own, notices.get(lead.leadId) ?? [])];
      }),
      ...next,
      behind: await this.tables.behind(),
    };
  }
}

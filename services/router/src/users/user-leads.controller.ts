import type { EventLog } from '@lead-rotator/event-log';
import { type EventContext, type OrganizationId, Rejection } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, type Person, type UserId } from '@lead-rotator/lead-events';
import { TableProjector } from '@lead-rotator/read-models';
import { DescribeRequestContext, EVENT_LOG, InvalidRequest, Refused, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { themselvesOrManagers } from '../access/rights.ts';
import { capturedLeads } from '../decisions/captured-lead.ts';
import { Distributions } from '../distribution/distributions.ts';
import type { OwnedLead } from '../owned-leads/owned-lead.entity.ts';
import { type LeadStateName, leadStates, OwnedLeads } from '../owned-leads/owned-leads.read-model.ts';
import { cutPage, DescribePositionPage, positionPage } from '../position-page.ts';
import { singleValue } from '../single-value.pipe.ts';
import { UserLeadsAnswer, userLead } from './user-leads.response.ts';

@ApiTags('users')
@DescribeRequestContext()
@Controller('users/:userId/leads')
export class UserLeadsController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly ownedLeads: OwnedLeads,
    private readonly projector: TableProjector,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The leads of a user, the newest first',
    description:
      'The open ones, unless states are named. For themselves, managers and admins. From a table that follows the log; `behind` says by how many events.',
  })
  @ApiQuery({
    name: 'state',
    required: false,
    example: 'won,lost',
    description: `only these, separated by commas: ${leadStates.join(', ')}; \`open\` (default: assigned and claimed) or \`all\``,
  })
  @DescribePositionPage()
  @ApiResponse({ status: HttpStatus.OK, type: UserLeadsAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-user' })
  async all(
    @RequestContext() context: EventContext,
    @Param('userId') userId: UserId,
    @Query('state', singleValue) stateText: string | undefined,
    @Query('limit', singleValue) limitText: string | undefined,
    @Query('cursor', singleValue) cursorText: string | undefined,
  ): Promise<UserLeadsAnswer> {
    const { limit, cursor = Number.MAX_SAFE_INTEGER } = positionPage(limitText, cursorText);
    const states = statesOf(stateText);
    const { organizationId } = context;
    const { distribution } = await this.distributions.current(context, themselvesOrManagers(userId));
    if (distribution.users.get(userId) === undefined) throw new Refused(new Rejection('unknown-user', { userId }));
    const rows = await this.ownedLeads.ofUser(organizationId, userId, states, cursor, limit + 1);
    const { page, next } = cutPage(rows, limit, ({ sincePosition }) => sincePosition);
    const persons = await this.#personsOf(organizationId, page);
    return {
      leads: page.map((row) => userLead(row, persons.get(row.leadId))),
      ...next,
      behind: await this.projector.behind(),
    };
  }

  async #personsOf(organizationId: OrganizationId, rows: readonly OwnedLead[]): Promise<Map<string, Person>> {
    if (rows.length === 0) return new Map();
    const tags = rows.map(({ leadId }) => leadTag(leadId as LeadId));
    const events = await this.log.readByTags({ organizationId, tags, types: ['LeadCaptured'], open: true });
    return new Map(capturedLeads(events).map(({ data }) => [data.leadId, data.person]));
  }
}

/** @throws InvalidRequest */
function statesOf(text = 'open'): readonly LeadStateName[] {
  if (text === 'open') return ['assigned', 'claimed'];
  if (text === 'all') return leadStates;
  const wanted = text.split(',');
  if (wanted.every((one) => (leadStates as readonly string[]).includes(one))) return wanted as LeadStateName[];
  throw new InvalidRequest([{ path: '/state', message: `must be open, all, or of ${leadStates.join(', ')}` }]);
}

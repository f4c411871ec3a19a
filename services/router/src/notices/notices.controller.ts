import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import { notices as kinds, type Notice, type RotationId } from '@lead-rotator/lead-events';
import { TableProjector } from '@lead-rotator/read-models';
import { DescribeRequestContext, InvalidRequest, Refused, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { managers } from '../access/rights.ts';
import { Distributions } from '../distribution/distributions.ts';
import { cutPage, DescribePositionPage, positionPage } from '../position-page.ts';
import { singleValue } from '../single-value.pipe.ts';
import { NoticesAnswer, noticeAnswer } from './notice.response.ts';
import { Notices } from './notices.read-model.ts';

@ApiTags('notices')
@DescribeRequestContext()
@Controller('notices')
export class NoticesController {
  constructor(
    private readonly tables: TableProjector,
    private readonly notices: Notices,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What needs the attention of a person, the newest first',
    description: 'For managers and admins. From a table that follows the log; `behind` says by how many events.',
  })
  @ApiQuery({ name: 'lead', required: false, description: 'only about this lead' })
  @ApiQuery({ name: 'rotation', required: false, description: 'only of this rotation' })
  @ApiQuery({ name: 'notice', required: false, description: `only these, separated by commas: ${kinds.join(', ')}` })
  @DescribePositionPage()
  @ApiResponse({ status: HttpStatus.OK, type: NoticesAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('lead', singleValue) lead: string | undefined,
    @Query('rotation', singleValue) rotation: string | undefined,
    @Query('notice', singleValue) kind: string | undefined,
    @Query('limit', singleValue) limitText: string | undefined,
    @Query('cursor', singleValue) cursorText: string | undefined,
  ): Promise<NoticesAnswer> {
    const { limit, cursor = Number.MAX_SAFE_INTEGER } = positionPage(limitText, cursorText);
    const filter = { lead, rotation, kinds: kindsOf(kind) };
    const { distribution } = await this.distributions.current(context, managers);
    if (rotation !== undefined && distribution.rotations.get(rotation as RotationId) === undefined) {
      throw new Refused(new Rejection('unknown-rotation', { path: 'rotation', rotationId: rotation }));
    }
    const rows = await this.notices.page(context.organizationId, filter, cursor, limit + 1);
    const { page, next } = cutPage(rows, limit, ({ position }) => position);
    return { notices: page.map(noticeAnswer), ...next, behind: await this.tables.behind() };
  }
}

function kindsOf(text: string | undefined): Notice[] | undefined {
  if (text === undefined) return undefined;
  const wanted = text.split(',');
  const unknown = wanted.find((one) => !(kinds as readonly string[]).includes(one));
  if (unknown === undefined) return wanted as Notice[];
  throw new InvalidRequest([{ path: '/notice', message: `must be of ${kinds.join(', ')}` }]);
}

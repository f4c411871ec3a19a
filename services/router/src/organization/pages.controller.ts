import type { EventContext } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import { definePage } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpStatus, NotFoundException, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Static, Type } from 'typebox';
import { mayDefinePage } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { called } from '../distribution/in-turn.ts';
import { DescribePage, pageByName } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { DefinitionId } from './definition-id.ts';

const id = { minLength: 1, maxLength: 200 };
const pageRequest = Type.Object(
  {
    ownerId: Type.Unsafe<UserId>({ type: 'string', ...id, description: 'whose page it is' }),
    rotationId: Type.Optional(
      Type.Unsafe<RotationId>({ type: 'string', ...id, description: 'absent: its leads are those of its owner' }),
    ),
  },
  { additionalProperties: false, examples: [{ ownerId: 'ann', rotationId: 'web' }] },
);

export class PageAnswer {
  @ApiProperty({ example: 'spring', description: 'the `page` of the leads that come from it' })
  readonly id!: string;

  @ApiProperty({ example: 'ann' })
  readonly ownerId!: string;

  @ApiPropertyOptional({ example: 'web' })
  readonly rotationId?: string;
}

export class PagesAnswer {
  @ApiProperty({ type: [PageAnswer] })
  readonly pages!: readonly PageAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

@ApiTags('pages')
@DescribeRequestContext()
@Controller('pages')
export class PagesController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All personal pages', description: 'Page by page, by their ids.' })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: PagesAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') from?: string,
  ): Promise<PagesAnswer> {
    const { distribution } = await this.distributions.current(context);
    const { items, ...next } = pageByName(distribution.pages, limit, from);
    return { pages: items.map(([pageId, page]) => pageAnswer(pageId, page)), ...next };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'A personal page',
    description: 'Whose it is, and which rotation gives out what opts in there.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: PageAnswer })
  async one(@RequestContext() context: EventContext, @Param('id') pageId: string): Promise<PageAnswer> {
    const { distribution } = await this.distributions.current(context);
    const page = distribution.pages.get(pageId);
    if (page === undefined) throw new NotFoundException(`there is no page ${pageId}`);
    return pageAnswer(pageId, page);
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Define a personal page',
    description:
      'By a manager; or by its owner on the plan complete, for a rotation of their own. New, or in place of the one of ' +
      'that id: its leads go the new way from now on.',
  })
  @ApiBody({ schema: { ...pageRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: PageAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-user or unknown-rotation' })
  async define(
    @RequestContext() context: EventContext,
    @Param('id', DefinitionId) pageId: string,
    @Body(new RequestBody(pageRequest)) page: Static<typeof pageRequest>,
  ): Promise<PageAnswer> {
    const right = mayDefinePage(pageId, page.ownerId, page.rotationId);
    const define = called('rotationId', 'rotation', (distribution, at) =>
      definePage(distribution, { pageId, ...page }, at),
    );
    await this.configuration.change(context, right, called('ownerId', 'owner', define));
    return this.one(context, pageId);
  }
}

const pageAnswer = (id: string, { ownerId, rotationId }: { ownerId: UserId; rotationId?: RotationId }): PageAnswer => ({
  id,
  ownerId,
  ...(rotationId === undefined ? {} : { rotationId }),
});

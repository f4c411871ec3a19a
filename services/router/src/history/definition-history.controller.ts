import type { EventLog } from '@lead-rotator/event-log';
import type { EventContext } from '@lead-rotator/event-sourcing';
import { type Definition, type Distribution, deleteDefinition } from '@lead-rotator/rotation';
import { DescribeRequestContext, EVENT_LOG, InvalidRequest, RequestContext } from '@lead-rotator/service-host';
import {
  Body,
  Controller,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  HttpCode,
  HttpStatus,
  Inject,
  NotFoundException,
  Post,
  Query,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Static } from 'typebox';
import { managers, mayDefinePage, type Right } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { DescribePage, newestFirst } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import {
  changesOfDefinition,
  type DefinitionChange,
  defineAgain,
  explainDefinition,
  isDeletion,
} from './definition-changes.ts';
import { ChangeAnswer, changeAnswer, HistoryAnswer } from './history.response.ts';
import { requirePast, restoreRequest } from './restore.request.ts';

const kinds: Readonly<Record<string, Definition['kind']>> = {
  calendars: 'calendar',
  territories: 'territory',
  pages: 'page',
};

/** What the address of a request names. */
const Named = createParamDecorator((_: unknown, context: ExecutionContext): Definition => {
  const { path, params } = context.switchToHttp().getRequest<{ path: string; params: { id: string } }>();
  return { kind: kinds[path.split('/')[1] ?? ''] as Definition['kind'], id: params.id };
});

/** What calendars, territories and pages have in common: what is said of them is kept, and can be said again. */
@ApiTags('calendars, territories, pages')
@ApiParam({ name: 'id', example: 'spring' })
@DescribeRequestContext()
@Controller(Object.keys(kinds))
export class DefinitionHistoryController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Delete(':id')
  @ApiOperation({
    summary: 'Delete it, unless something uses it',
    description: 'By whoever may define it. Its history stays, and it can be restored from that.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: ChangeAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'there is none of that name' })
  @ApiResponse({
    status: HttpStatus.CONFLICT,
    description: 'in-use: `facts.usedBy` names the rules, rotations, members and territories that refer to it',
  })
  async remove(@RequestContext() context: EventContext, @Named() definition: Definition): Promise<ChangeAnswer> {
    const { distribution } = await this.distributions.current(context);
    if (!isDefined(distribution, definition)) throw notFound(definition);
    await this.configuration.change(context, mayDefine(definition, distribution), (state, at) =>
      deleteDefinition(state, definition, at),
    );
    return this.#newest(context, definition);
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'Each change of it: what, by whom, when', description: 'Also when it is deleted.' })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: HistoryAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'there never was one of that name' })
  async history(
    @RequestContext() context: EventContext,
    @Named() definition: Definition,
    @Query('limit') limit?: string,
    @Query('cursor') before?: string,
  ): Promise<HistoryAnswer> {
    await this.distributions.current(context);
    const { items, ...next } = newestFirst(await this.#changes(context, definition), limit, before);
    return { changes: items.map((change) => changeAnswer(change, explainDefinition(change))), ...next };
  }

  @Post(':id/restore')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Restore what it was',
    description: 'By whoever may define it. As it was after a change, as a new change; also when it is deleted.',
  })
  @ApiBody({ schema: { ...restoreRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: ChangeAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'there was none then, or that is in the future' })
  async restore(
    @RequestContext() context: EventContext,
    @Named() definition: Definition,
    @Body(new RequestBody(restoreRequest)) { position }: Static<typeof restoreRequest>,
  ): Promise<ChangeAnswer> {
    await this.distributions.current(context);
    const changes = await this.#changes(context, definition);
    await requirePast(this.log, position);
    const past = changes.findLast((change) => change.position <= position);
    if (past === undefined || isDeletion(past)) {
      throw new InvalidRequest([
        { path: '/position', message: `there was no ${definition.kind} ${definition.id} then` },
      ]);
    }
    const page = past.type === 'PageDefined' ? past.data : undefined;
    const right = page === undefined ? managers : mayDefinePage(page.pageId, page.ownerId, page.rotationId);
    await this.configuration.change(context, right, defineAgain(past));
    return this.#newest(context, definition);
  }

  async #changes({ organizationId }: EventContext, definition: Definition): Promise<DefinitionChange[]> {
    const changes = await changesOfDefinition(this.log, organizationId, definition);
    if (changes.length === 0) throw notFound(definition);
    return changes;
  }

  async #newest(context: EventContext, definition: Definition): Promise<ChangeAnswer> {
    const change = (await this.#changes(context, definition)).at(-1) as DefinitionChange;
    return changeAnswer(change, explainDefinition(change));
  }
}

const isDefined = ({ calendars, territories, pages }: Distribution, { kind, id }: Definition): boolean =>
  ({ calendar: calendars, territory: territories, page: pages })[kind].has(id);

/** Who may define it as it is now. */
function mayDefine({ kind, id }: Definition, { pages }: Distribution): Right {
  const page = kind === 'page' ? pages.get(id) : undefined;
  return page === undefined ? managers : mayDefinePage(id, page.ownerId, page.rotationId);
}

const notFound = ({ kind, id }: Definition) => new NotFoundException(`there is no ${kind} ${id}`);

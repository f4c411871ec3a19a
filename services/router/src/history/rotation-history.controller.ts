import type { EventLog } from '@lead-rotator/event-log';
import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { DescribeRequestContext, EVENT_LOG, InvalidRequest, Refused, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpCode, HttpStatus, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Static } from 'typebox';
import { managersOf } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { DescribePage, newestFirst } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { findRotation } from '../rotations/find-rotation.ts';
import { RotationAnswer } from '../rotations/rotation.response.ts';
import { explainChange } from './explain-change.ts';
import { changeAnswer, HistoryAnswer } from './history.response.ts';
import { requirePast, restoreRequest } from './restore.request.ts';
import { restoreRotation, rotationAfter } from './restore-rotation.ts';
import { changesOfRotation, changesThrough, type RecordedChange } from './rotation-changes.ts';

@ApiTags('rotations')
@ApiParam({ name: 'rotationId', example: 'web' })
@DescribeRequestContext()
@Controller('rotations/:rotationId')
export class RotationHistoryController {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Get('history')
  @ApiOperation({
    summary: 'Each change of a rotation and its members: what, by whom, when',
    description: 'The newest first. `position` of a change is what restoring takes.',
  })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: HistoryAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation' })
  async history(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Query('limit') limit?: string,
    @Query('cursor') before?: string,
  ): Promise<HistoryAnswer> {
    const { items, ...next } = newestFirst(await this.#changes(context, rotationId), limit, before);
    return { changes: items.map((change) => changeAnswer(change, explainChange(change))), ...next };
  }

  @Post('restore')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Restore what a rotation was',
    description:
      'By whoever manages it. Name, switch, settings, members and their order as they were after the request that made a ' +
      'change, as new changes: nothing of its history is lost. Turns, counts and credits stay.',
  })
  @ApiBody({ schema: { ...restoreRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  @ApiResponse({
    status: HttpStatus.BAD_REQUEST,
    description: 'there was no such rotation then, or that is in the future',
  })
  async restore(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(restoreRequest)) { position }: Static<typeof restoreRequest>,
  ): Promise<RotationAnswer> {
    const changes = changesThrough(await this.#changes(context, rotationId), position);
    await requirePast(this.log, position);
    await this.configuration.change(context, managersOf(rotationId), (distribution, at) => {
      const past = rotationAfter(changes, rotationId, distribution);
      if (past !== undefined) return restoreRotation(rotationId, past)(distribution, at);
      throw new InvalidRequest([{ path: '/position', message: `${rotationId} was not there yet` }]);
    });
    return findRotation(this.distributions, context, rotationId);
  }

  async #changes(context: EventContext, rotationId: RotationId): Promise<RecordedChange[]> {
    const { distribution } = await this.distributions.current(context);
    if (distribution.rotations.get(rotationId) !== undefined) {
      return changesOfRotation(this.log, context.organizationId, rotationId);
    }
    throw new Refused(new Rejection('unknown-rotation', { rotationId }));
  }
}

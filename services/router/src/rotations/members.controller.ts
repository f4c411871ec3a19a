import type { EventContext } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  creditMember,
  moveMember,
  orderMembers,
  pauseMember,
  removeMember,
  resumeMember,
} from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext, readIdempotencyKey } from '@lead-rotator/service-host';
import { Body, Controller, Delete, Headers, HttpCode, HttpStatus, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { managersOf } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { type Decide, naming } from '../distribution/in-turn.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { findRotation } from './find-rotation.ts';
import {
  type AddMemberRequest,
  addMemberRequest,
  type ChangeMemberRequest,
  type CreditMemberRequest,
  changedSettings,
  changeMemberRequest,
  creditMemberRequest,
  type MoveMemberRequest,
  moveMemberRequest,
  type OrderMembersRequest,
  orderMembersRequest,
} from './member.requests.ts';
import { RotationAnswer } from './rotation.response.ts';

@ApiTags('members')
@ApiParam({ name: 'rotationId', example: 'web' })
@DescribeRequestContext()
@Controller('rotations/:rotationId/members')
export class MembersController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Add a member',
    description: 'Eligible at once. In the line they stand directly behind the one before them in the list.',
  })
  @ApiBody({ schema: { ...addMemberRequest } as object })
  @ApiResponse({ status: HttpStatus.CREATED, type: RotationAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation or unknown-user' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'already-member' })
  add(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(addMemberRequest)) { user, place, ...settings }: AddMemberRequest,
  ): Promise<RotationAnswer> {
    const add = { rotationId, user, settings, ...(place === undefined ? {} : { place }) };
    const decide = naming('user', (distribution, at) => addMember(distribution, add, at));
    return this.#change(context, rotationId, decide);
  }

  @Delete(':userId')
  @ApiOperation({
    summary: 'Remove a member',
    description: 'The turn goes on with their successor; counts stay on record.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  remove(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
  ): Promise<RotationAnswer> {
    return this.#change(context, rotationId, (distribution, at) =>
      removeMember(distribution, { rotationId, userId }, at),
    );
  }

  @Post(':userId/move')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Move a member to another place',
    description: 'The line is formed anew, from behind the one served last.',
  })
  @ApiBody({ schema: { ...moveMemberRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  move(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
    @Body(new RequestBody(moveMemberRequest)) { place }: MoveMemberRequest,
  ): Promise<RotationAnswer> {
    const move = { rotationId, userId, place };
    return this.#change(context, rotationId, (distribution, at) => moveMember(distribution, move, at));
  }

  @Put('order')
  @ApiOperation({
    summary: 'Put all members into another order',
    description: 'At once, or not at all. The line is formed anew, from behind the one served last.',
  })
  @ApiBody({ schema: { ...orderMembersRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'a member is missing' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation, or not-a-member' })
  order(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(orderMembersRequest)) { members }: OrderMembersRequest,
  ): Promise<RotationAnswer> {
    const order = { rotationId, userIds: members };
    return this.#change(context, rotationId, (distribution, at) => orderMembers(distribution, order, at));
  }

  @Post(':userId/pause')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Pause a member', description: 'No leads of this rotation until they are resumed.' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  pause(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
  ): Promise<RotationAnswer> {
    return this.#change(context, rotationId, (distribution, at) =>
      pauseMember(distribution, { rotationId, userId }, at),
    );
  }

  @Post(':userId/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Resume a paused member',
    description: 'They are served again, and misses in a row count from zero.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  resume(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
  ): Promise<RotationAnswer> {
    return this.#change(context, rotationId, (distribution, at) =>
      resumeMember(distribution, { rotationId, userId }, at),
    );
  }

  @Patch(':userId')
  @ApiOperation({
    summary: 'Change how a member takes part',
    description:
      'Weight, leads per cycle, caps, filter. What is named becomes new, the rest stays; null takes it back.',
  })
  @ApiBody({ schema: { ...changeMemberRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'every fault by its path' })
  changeSettings(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
    @Body(new RequestBody(changeMemberRequest)) change: ChangeMemberRequest,
  ): Promise<RotationAnswer> {
    return this.#change(context, rotationId, (distribution, at) => {
      const member = distribution.rotations.get(rotationId)?.member(userId);
      const settings = changedSettings(member?.settings ?? {}, change);
      return changeMember(distribution, { rotationId, userId, settings }, at);
    });
  }

  @Post(':userId/credit')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Let a member count as having had more turns, or fewer',
    description: 'For the strategy fewest-assigned. Above 0: they are served less; below 0: more.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'the same key again: it counts once' })
  @ApiBody({ schema: { ...creditMemberRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  credit(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
    @Headers('idempotency-key') given: string | undefined,
    @Body(new RequestBody(creditMemberRequest)) { by }: CreditMemberRequest,
  ): Promise<RotationAnswer> {
    const key = readIdempotencyKey(given);
    const once = key && `credit ${context.organizationId} ${rotationId} ${userId} ${key}`;
    const decide: Decide = (distribution, at) => creditMember(distribution, { rotationId, userId, by }, at);
    return this.#change(context, rotationId, decide, once);
  }

  async #change(context: EventContext, rotationId: RotationId, decide: Decide, once?: string): Promise<RotationAnswer> {
    await this.configuration.change(context, managersOf(rotationId), decide, once);
    return findRotation(this.distributions, context, rotationId);
  }
}

import type { ConfigurationCommand } from '@lead-rotator/command-handling';
import type { EventContext } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import { addMember, moveMember, pauseMember, removeMember, resumeMember } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Delete, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { findRotation } from './find-rotation.ts';
import {
  type AddMemberRequest,
  addMemberRequest,
  type MoveMemberRequest,
  moveMemberRequest,
} from './rotation.requests.ts';
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
    return this.change(context, rotationId, (distribution, at) => addMember(distribution, add, at));
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
    return this.change(context, rotationId, (distribution, at) =>
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
    return this.change(context, rotationId, (distribution, at) => moveMember(distribution, move, at));
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
    return this.change(context, rotationId, (distribution, at) =>
      pauseMember(distribution, { rotationId, userId }, at),
    );
  }

  @Post(':userId/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Resume a paused member' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  resume(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Param('userId') userId: UserId,
  ): Promise<RotationAnswer> {
    return this.change(context, rotationId, (distribution, at) =>
      resumeMember(distribution, { rotationId, userId }, at),
    );
  }

  private async change(
    context: EventContext,
    rotationId: RotationId,
    decide: ConfigurationCommand['decide'],
  ): Promise<RotationAnswer> {
    await this.configuration.change(context, decide);
    return findRotation(this.distributions, context, rotationId);
  }
}

import { type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { changeRotation, createRotation, renameRotation, switchRotation } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { idForNew } from '../id-for-new.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { userOf } from '../user-of.ts';
import { findRotation } from './find-rotation.ts';
import {
  type ChangeRotationRequest,
  type CreateRotationRequest,
  changeRotationRequest,
  createRotationRequest,
} from './rotation.requests.ts';
import { RotationAnswer, RotationsAnswer, rotationAnswer } from './rotation.response.ts';

interface Response {
  status(code: number): unknown;
}

@ApiTags('rotations')
@DescribeRequestContext()
@Controller('rotations')
export class RotationsController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create a rotation',
    description:
      'By a user (X-Actor), who owns it and has to be an admin or on the complete plan; or by the API itself.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'the same key again: the same rotation, status 200',
  })
  @ApiBody({ schema: { ...createRotationRequest } as object })
  @ApiResponse({ status: HttpStatus.CREATED, type: RotationAnswer })
  @ApiResponse({ status: HttpStatus.FORBIDDEN, description: 'this user may not create rotations' })
  async create(
    @RequestContext() context: EventContext,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new RequestBody(createRotationRequest)) { id, name, on = true, ...settings }: CreateRotationRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RotationAnswer> {
    const { id: rotationId, repeatable } = idForNew<RotationId>(context.organizationId, 'rotation', id, key);
    const by = userOf(context.actor);
    const rotation = { rotationId, name, on, settings, ...(by === undefined ? {} : { by }) };
    let created = true;
    await this.configuration.change(context, (distribution, at) => {
      created = !(repeatable && distribution.rotations.get(rotationId)?.name === name);
      return created ? createRotation(distribution, rotation, at) : [];
    });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.one(context, rotationId);
  }

  @Patch(':rotationId')
  @ApiOperation({
    summary: 'Change a rotation',
    description: 'What is named becomes new, the rest stays. A claim policy counts for later turns only.',
  })
  @ApiBody({ schema: { ...changeRotationRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  async change(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(changeRotationRequest)) { name, ...settings }: ChangeRotationRequest,
  ): Promise<RotationAnswer> {
    await this.configuration.change(context, (distribution, at) => {
      const renamed = name === undefined ? [] : renameRotation(distribution, rotationId, name, at);
      if (isRejected(renamed)) return renamed;
      const changed = changeRotation(distribution, rotationId, settings, at);
      return isRejected(changed) ? changed : [...renamed, ...changed];
    });
    return this.one(context, rotationId);
  }

  @Post(':rotationId/switch-on')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Switch a rotation on', description: 'It gives out its leads by turns.' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  switchOn(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return this.switch(context, id, true);
  }

  @Post(':rotationId/switch-off')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Switch a rotation off', description: 'Its leads go to number one on the roster instead.' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  switchOff(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return this.switch(context, id, false);
  }

  @Get()
  @ApiOperation({ summary: 'All rotations' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationsAnswer })
  async all(@RequestContext() context: EventContext): Promise<RotationsAnswer> {
    const { distribution, at } = await this.distributions.current(context.organizationId);
    const rotations = distribution.rotationIds.flatMap((id) => distribution.rotations.get(id) ?? []);
    return { rotations: rotations.map((rotation) => rotationAnswer(distribution, rotation, at)) };
  }

  @Get(':rotationId')
  @ApiOperation({ summary: 'A rotation: its members, the leads sent to each, and who is next' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  one(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return findRotation(this.distributions, context, id);
  }

  private async switch(context: EventContext, id: RotationId, on: boolean): Promise<RotationAnswer> {
    await this.configuration.change(context, (distribution, at) => switchRotation(distribution, id, on, at));
    return this.one(context, id);
  }
}

import type { EventContext } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { addMember, changeRotation, createRotation, renameRotation, switchRotation } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { anybody, managersOf } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { called, inTurn, naming, repeating, under } from '../distribution/in-turn.ts';
import { idForNew } from '../id-for-new.ts';
import { DescribePage, pageOf } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { userOf } from '../user-of.ts';
import { findRotation } from './find-rotation.ts';
import {
  type ChangeRotationRequest,
  type CreateRotationRequest,
  changeRotationRequest,
  createRotationRequest,
  settingsChangeOf,
  settingsOf,
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
      'By a user who is an admin or on the plan complete, and owns it unless another owner is named; or by the API ' +
      'itself. Together with its members, up to some 5,000 of them: all of it is done, or nothing.',
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
    @Body(new RequestBody(createRotationRequest))
    { id, name, on = true, members = [], ...written }: CreateRotationRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RotationAnswer> {
    const { id: rotationId, repeatable } = idForNew<RotationId>(context.organizationId, 'rotation', id, key);
    const by = userOf(context.actor);
    const settings = settingsOf(written);
    const rotation = { rotationId, name, on, settings, ...(by === undefined ? {} : { by }) };
    const enrolled = members.map(({ user, place, ...own }, index) => {
      const add = { rotationId, user, settings: own, ...(place === undefined ? {} : { place }) };
      return under(
        `members.${index}`,
        naming('user', (distribution, at) => addMember(distribution, add, at)),
      );
    });
    const create = called('ownerId', 'owner', (distribution, at) => createRotation(distribution, rotation, at));
    const creation = inTurn(
      id === undefined ? repeating('rotationId', create) : called('id', 'rotationId', create),
      ...enrolled,
    );
    let created = true;
    await this.configuration.change(context, anybody, (distribution, at) => {
      created = !(repeatable && distribution.rotations.get(rotationId)?.name === name);
      return created ? creation(distribution, at) : [];
    });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.one(context, rotationId);
  }

  @Patch(':rotationId')
  @ApiOperation({
    summary: 'Change a rotation',
    description:
      'By its owner, a manager or an admin. What is named becomes new, the rest stays. A claim policy counts for later ' +
      'turns only.',
  })
  @ApiBody({ schema: { ...changeRotationRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  async change(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Body(new RequestBody(changeRotationRequest)) { name, ...written }: ChangeRotationRequest,
  ): Promise<RotationAnswer> {
    const change = settingsChangeOf(written);
    await this.configuration.change(
      context,
      managersOf(rotationId),
      inTurn(
        (distribution, at) => (name === undefined ? [] : renameRotation(distribution, rotationId, name, at)),
        called('ownerId', 'owner', (distribution, at) => changeRotation(distribution, rotationId, change, at)),
      ),
    );
    return this.one(context, rotationId);
  }

  @Post(':rotationId/switch-on')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Switch a rotation on', description: 'It gives out its leads by turns.' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  switchOn(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return this.#switch(context, id, true);
  }

  @Post(':rotationId/switch-off')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Switch a rotation off', description: 'Its leads go to number one on the roster instead.' })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  switchOff(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return this.#switch(context, id, false);
  }

  @Get()
  @ApiOperation({
    summary: 'All rotations, in the order in which they were created',
    description: 'Page by page, each with its members, counts and who is next.',
  })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: RotationsAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') from?: string,
  ): Promise<RotationsAnswer> {
    const { distribution, at } = await this.distributions.current(context);
    const { items, cursor } = pageOf(distribution.rotationIds, limit, from);
    const rotations = items.flatMap((id) => distribution.rotations.get(id) ?? []);
    return {
      rotations: rotations.map((rotation) => rotationAnswer(distribution, rotation, at)),
      ...(cursor === undefined ? {} : { cursor }),
    };
  }

  @Get(':rotationId')
  @ApiOperation({
    summary: 'A rotation: its members, the leads sent to each, and who is next',
    description: 'From the log, as of now. `next` is for a lead without attributes.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: RotationAnswer })
  one(@RequestContext() context: EventContext, @Param('rotationId') id: RotationId): Promise<RotationAnswer> {
    return findRotation(this.distributions, context, id);
  }

  async #switch(context: EventContext, id: RotationId, on: boolean): Promise<RotationAnswer> {
    await this.configuration.change(context, managersOf(id), (distribution, at) =>
      switchRotation(distribution, id, on, at),
    );
    return this.one(context, id);
  }
}

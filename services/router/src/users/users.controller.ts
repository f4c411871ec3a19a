import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import {
  activateUser,
  changeUserProfile,
  deactivateUser,
  moveUser,
  planAway,
  registerUser,
  switchUser,
} from '@lead-rotator/rotation';
import { DescribeRequestContext, Refused, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, Headers, HttpCode, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { managers, mayChangeProfile } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { called, type Decide, inTurn, repeating } from '../distribution/in-turn.ts';
import { idForNew } from '../id-for-new.ts';
import { LeaveInactiveOwners } from '../leads/leave-inactive-owners.handler.ts';
import { DescribePage, pageOf } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import {
  type ChangeUserRequest,
  changeUserRequest,
  type MoveUserRequest,
  moveUserRequest,
  type PlanAwayRequest,
  planAwayRequest,
  profileChangeOf,
  type RegisterUserRequest,
  registerUserRequest,
} from './user.requests.ts';
import { UserAnswer, UsersAnswer, userAnswer } from './user.response.ts';

interface Response {
  status(code: number): unknown;
}

@ApiTags('users')
@DescribeRequestContext()
@Controller('users')
export class UsersController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
    private readonly inactive: LeaveInactiveOwners,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Register a user',
    description:
      'By a manager; with roles or a plan, by an admin. They stand at the end of the roster and can own leads at once.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'the same key again: the same user, status 200' })
  @ApiBody({ schema: { ...registerUserRequest } as object })
  @ApiResponse({ status: HttpStatus.CREATED, type: UserAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'every fault by its path; or id or email are taken' })
  async register(
    @RequestContext() context: EventContext,
    @Headers('idempotency-key') key: string | undefined,
    @Body(new RequestBody(registerUserRequest)) { id, ...user }: RegisterUserRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserAnswer> {
    const { id: userId, repeatable } = idForNew<UserId>(context.organizationId, 'user', id, key);
    const register: Decide = (state, at) => registerUser(state, { ...user, userId }, at);
    const registration = id === undefined ? repeating('userId', register) : called('id', 'userId', register);
    let created = true;
    await this.configuration.change(context, mayChangeProfile(userId, user), (distribution, at) => {
      created = !(repeatable && distribution.users.get(userId)?.email === user.email);
      return created ? registration(distribution, at) : [];
    });
    response.status(created ? HttpStatus.CREATED : HttpStatus.OK);
    return this.one(context, userId);
  }

  @Patch(':userId')
  @ApiOperation({
    summary: 'Change a user',
    description:
      'What is named becomes new, the rest stays; null takes back what need not be there. Users may change their own name, time zone, hours, absences and switch; ' +
      'managers all but roles and plan; admins everything.',
  })
  @ApiBody({ schema: { ...changeUserRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async change(
    @RequestContext() context: EventContext,
    @Param('userId') userId: UserId,
    @Body(new RequestBody(changeUserRequest)) change: ChangeUserRequest,
  ): Promise<UserAnswer> {
    const { switchedOn, ...profile } = change;
    const steps: Decide[] = [];
    if (Object.keys(profile).length > 0) {
      steps.push((distribution, at) => changeUserProfile(distribution, { ...profileChangeOf(profile), userId }, at));
    }
    if (switchedOn !== undefined) {
      steps.push((distribution, at) => switchUser(distribution, userId, switchedOn, at));
    }
    await this.configuration.change(context, mayChangeProfile(userId, change), inTurn(...steps));
    return this.one(context, userId);
  }

  @Post(':userId/move')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Move a user to another place on the roster',
    description:
      'By a manager. The first active user is number one: the owner of what nobody else gets. No turn of a rotation is touched.',
  })
  @ApiBody({ schema: { ...moveUserRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async move(
    @RequestContext() context: EventContext,
    @Param('userId') userId: UserId,
    @Body(new RequestBody(moveUserRequest)) { place }: MoveUserRequest,
  ): Promise<UserAnswer> {
    await this.configuration.change(context, managers, (distribution, at) =>
      moveUser(distribution, { userId, place }, at),
    );
    return this.one(context, userId);
  }

  @Post(':userId/away')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Plan an absence',
    description: 'In addition to those planned before; `away` of a change replaces all of them.',
  })
  @ApiBody({ schema: { ...planAwayRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async planAway(
    @RequestContext() context: EventContext,
    @Param('userId') userId: UserId,
    @Body(new RequestBody(planAwayRequest)) period: PlanAwayRequest,
  ): Promise<UserAnswer> {
    await this.configuration.change(context, mayChangeProfile(userId, { away: period }), (distribution, at) =>
      planAway(distribution, { userId, ...period }, at),
    );
    return this.one(context, userId);
  }

  @Post(':userId/deactivate')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Deactivate a user',
    description:
      'They get no leads any more. Their unclaimed leads that came by a turn are reassigned, each by its rotation, a ' +
      'moment later; about the other open ones a notice is raised.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async deactivate(@RequestContext() context: EventContext, @Param('userId') userId: UserId): Promise<UserAnswer> {
    await this.configuration.change(context, mayChangeProfile(userId, { active: true }), (distribution, at) =>
      deactivateUser(distribution, userId, at),
    );
    return this.one(context, userId);
  }

  @Post(':userId/activate')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Activate a user again',
    description:
      'They get leads again, from the next turn on; what they had is not given back. Done when all that the ' +
      'deactivation asks for is done.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async activate(@RequestContext() context: EventContext, @Param('userId') userId: UserId): Promise<UserAnswer> {
    await this.inactive.leaveAllOf(context.organizationId, userId);
    await this.configuration.change(context, mayChangeProfile(userId, { active: true }), (distribution, at) =>
      activateUser(distribution, userId, at),
    );
    return this.one(context, userId);
  }

  @Get()
  @ApiOperation({
    summary: 'All users, in roster order',
    description: 'Whom somebody moves between two pages may be on both, or on none.',
  })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: UsersAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') from?: string,
  ): Promise<UsersAnswer> {
    const { distribution } = await this.distributions.current(context);
    const { items, cursor } = pageOf(distribution.roster, limit, from);
    const users = items.flatMap((userId) => distribution.users.get(userId) ?? []);
    return {
      users: users.map((user) => userAnswer(distribution, user)),
      ...(cursor === undefined ? {} : { cursor }),
    };
  }

  @Get(':userId')
  @ApiOperation({ summary: 'A user', description: 'With hours, absences and caps, and how many open leads they have.' })
  @ApiResponse({ status: HttpStatus.OK, type: UserAnswer })
  async one(@RequestContext() context: EventContext, @Param('userId') userId: UserId): Promise<UserAnswer> {
    const { distribution } = await this.distributions.current(context);
    const user = distribution.users.get(userId);
    if (user === undefined) throw new Refused(new Rejection('unknown-user', { userId }));
    return userAnswer(distribution, user);
  }
}

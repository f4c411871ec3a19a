import { randomUUID } from 'node:crypto';
import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import { type ActivityId, activityOfLead, type LeadId } from '@lead-rotator/lead-events';
import {
  byWhoAsks,
  DescribeRequestContext,
  MonotonicClock,
  Refused,
  RequestContext,
  readIdempotencyKey,
} from '@lead-rotator/service-host';
import {
  Body,
  Controller,
  Headers,
  HttpStatus,
  Param,
  Post,
  Res,
  UnsupportedMediaTypeException,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ActiveUserGuard } from '../access/active-user.guard.ts';
import { acceptActivityOfLead } from './accept-activity.ts';
import { ActResponse } from './act.response.ts';
import { RecordActs } from './record-acts.handler.ts';

interface Response {
  status(code: number): unknown;
}

@ApiTags('leads')
@DescribeRequestContext()
@UseGuards(ActiveUserGuard)
@Controller('leads')
export class ActsController {
  constructor(
    private readonly acts: RecordActs,
    private readonly clock: MonotonicClock,
  ) {}

  @Post(':leadId/activities')
  @ApiOperation({
    summary: 'Say what a user has done about a lead',
    description:
      'Recorded in any case, once for an id; by the present owner, by hand, of a kind that counts and before the deadline, it claims the lead.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'stands in for the id of an act that has none' })
  @ApiBody({ schema: { ...activityOfLead } as object })
  @ApiResponse({
    status: HttpStatus.CREATED,
    type: ActResponse,
    description: 'recorded; the outcome says what it was worth',
  })
  @ApiResponse({ status: HttpStatus.OK, type: ActResponse, description: 'the same act again: the first answer' })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'every fault by its path' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-lead or unknown-user' })
  @ApiResponse({ status: HttpStatus.SERVICE_UNAVAILABLE, description: 'the log is down: send it again' })
  async record(
    @Param('leadId') leadId: LeadId,
    @Body() body: unknown,
    @RequestContext() context: EventContext,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActResponse> {
    if (body === undefined) throw new UnsupportedMediaTypeException();
    const { id, by, kind, automated = false, occurredAt } = acceptActivityOfLead(byWhoAsks(body, context));
    const answer = await this.acts.record({
      context,
      leadId,
      activityId: (id ?? readIdempotencyKey(key) ?? randomUUID()) as ActivityId,
      by,
      kind,
      automated,
      occurredAt: occurredAt === undefined ? this.clock.now() : Date.parse(occurredAt),
    });
    if (answer instanceof Rejection) throw new Refused(answer);
    const { repeated, ...shown } = answer;
    response.status(repeated ? HttpStatus.OK : HttpStatus.CREATED);
    return shown;
  }
}

import type { EventContext } from '@lead-rotator/event-sourcing';
import { instantOf, instantPattern } from '@lead-rotator/event-sourcing';
import { inboundLead, type LeadId, type RotationId, type Rule } from '@lead-rotator/lead-events';
import { DescribeRequestContext, InvalidRequest, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpCode, HttpStatus, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Static, Type } from 'typebox';
import { RequestBody } from '../request-body.pipe.ts';
import { RuleDrafts } from '../rules/rule-drafts.ts';
import { RuleVersions } from '../rules/rule-versions.ts';
import { singleValue } from '../single-value.pipe.ts';
import { OutcomeAnswer, outcomeAnswer } from './outcome.response.ts';
import { TryLead } from './try-lead.handler.ts';

const lead = Type.Object(inboundLead.properties, {
  additionalProperties: false,
  description: 'as it would be sent in; email and phone may be left out',
});
const tryRequest = Type.Object(
  {
    // Checked as intake checks it; the schema is for the page of the API.
    lead: Type.Unsafe<unknown>({}),
    against: Type.Optional(
      Type.Union([Type.Enum(['in-force', 'draft']), Type.Integer({ minimum: 1 })], {
        description: 'the rules in force (default), the draft, or those of a version',
      }),
    ),
    at: Type.Optional(
      Type.String({
        pattern: instantPattern,
        description: 'as if it came in then: hours, absences and caps are those of that moment; absent: now',
      }),
    ),
  },
  { additionalProperties: false },
);
const shownRequest = {
  ...tryRequest,
  properties: { ...tryRequest.properties, lead },
  examples: [{ lead: { source: 'facebook', country: 'DE', email: 'kim@lead.example' }, against: 'draft' }],
};

export class RuleTriedAnswer {
  @ApiProperty({ example: 'german' })
  readonly id!: string;

  @ApiProperty({ description: 'whether its condition holds; if so and it did not decide, its target names nobody' })
  readonly holds!: boolean;
}

export class TrialAnswer extends OutcomeAnswer {
  @ApiProperty({ type: [RuleTriedAnswer], description: 'the rules from the first to the one that decides' })
  readonly tried!: readonly RuleTriedAnswer[];
}

@DescribeRequestContext()
@Controller()
export class TrialController {
  constructor(
    private readonly trial: TryLead,
    private readonly drafts: RuleDrafts,
    private readonly versions: RuleVersions,
  ) {}

  @Post('rules/try')
  @HttpCode(HttpStatus.OK)
  @ApiTags('rules')
  @ApiOperation({
    summary: 'Try a lead: which rule, which rotation, who, and why',
    description: 'For managers. By the same deciders as a real one; nothing changes, and no turn is used.',
  })
  @ApiBody({ schema: shownRequest as object })
  @ApiResponse({ status: HttpStatus.OK, type: TrialAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'there is no draft, or no such version' })
  async byRules(
    @RequestContext() context: EventContext,
    @Body(new RequestBody(tryRequest)) request: Static<typeof tryRequest>,
  ): Promise<TrialAnswer> {
    const { against = 'in-force', at } = request;
    const rules = against === 'in-force' ? undefined : await this.#rulesOf(context, against as 'draft' | number);
    const time = at === undefined ? undefined : instantOf(at);
    if (at !== undefined && time === undefined) {
      throw new InvalidRequest([{ path: '/at', message: `there is no such time: ${at}` }]);
    }
    const { events, tried } = await this.trial.byRules(context, request.lead, rules, time);
    return { ...outcomeAnswer(events), tried };
  }

  @Get('rotations/:rotationId/next')
  @ApiTags('rotations')
  @ApiOperation({
    summary: 'Who would get a lead of this rotation now, and why',
    description:
      'Without changing anything. With `lead`, that one (for those who manage the rotation): who had or declined it does ' +
      'not get it again. Without, one of which nothing is known.',
  })
  @ApiQuery({ name: 'lead', required: false, description: 'id of a lead' })
  @ApiResponse({ status: HttpStatus.OK, type: OutcomeAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'unknown-rotation or unknown-lead' })
  @ApiResponse({ status: HttpStatus.CONFLICT, description: 'closed: the lead is won or lost' })
  async byRotation(
    @RequestContext() context: EventContext,
    @Param('rotationId') rotationId: RotationId,
    @Query('lead', singleValue) leadId?: LeadId,
  ): Promise<OutcomeAnswer> {
    const { events } = await this.trial.byRotation(context, rotationId, leadId);
    return outcomeAnswer(events);
  }

  async #rulesOf({ organizationId }: EventContext, against: 'draft' | number): Promise<readonly Rule[]> {
    if (against !== 'draft') return (await this.versions.one(organizationId, against)).rules;
    const draft = await this.drafts.of(organizationId);
    if (draft === undefined) throw new NotFoundException('there is no draft');
    return draft.rules;
  }
}

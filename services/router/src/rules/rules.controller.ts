import { rulesOf } from '@lead-rotator/claim';
import { type EventContext, instantOf, isRejected } from '@lead-rotator/event-sourcing';
import { publishRules } from '@lead-rotator/rotation';
import { DescribeRequestContext, InvalidRequest, Refused, RequestContext } from '@lead-rotator/service-host';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  NotFoundException,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { managers } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { under } from '../distribution/in-turn.ts';
import { DescribePage, newestFirst } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { versionNumber } from '../whole-number.ts';
import { type RuleDraft, RuleDrafts } from './rule-drafts.ts';
import { RuleVersions } from './rule-versions.ts';
import { type DraftRequest, draftRequest, type PublishRequest, publishRequest, rulesFrom } from './rules.request.ts';
import {
  changesOf,
  draftAnswer,
  RuleDraftAnswer,
  RuleHistoryAnswer,
  RuleSetAnswer,
  ruleSetAnswer,
} from './rules.response.ts';

@ApiTags('rules')
@DescribeRequestContext()
@Controller('rules')
export class RulesController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
    private readonly drafts: RuleDrafts,
    private readonly versions: RuleVersions,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The rules in force',
    description: 'Version 0: those of a new organization, which stand until rules are published.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: RuleSetAnswer })
  async inForce(@RequestContext() context: EventContext): Promise<RuleSetAnswer> {
    const { distribution } = await this.distributions.current(context);
    const { version, rules } = rulesOf(distribution);
    if (version === 0) return { version, rules };
    return ruleSetAnswer(await this.versions.one(context.organizationId, version));
  }

  @Get('draft')
  @ApiOperation({ summary: 'The draft', description: 'There is one for all who work on the rules.' })
  @ApiResponse({ status: HttpStatus.OK, type: RuleDraftAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'nobody has saved one since the last was published' })
  async draft(@RequestContext() context: EventContext): Promise<RuleDraftAnswer> {
    await this.distributions.current(context);
    return draftAnswer(await this.#findDraft(context));
  }

  @Put('draft')
  @ApiOperation({
    summary: 'Save a draft',
    description: 'By a manager. It is checked like rules to publish, and changes nothing. It can be tried.',
  })
  @ApiBody({ schema: { ...draftRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RuleDraftAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'every fault by its path' })
  async save(
    @RequestContext() context: EventContext,
    @Body(new RequestBody(draftRequest)) request: DraftRequest,
  ): Promise<RuleDraftAnswer> {
    const rules = rulesFrom(request);
    const { distribution, at } = await this.distributions.current(context, managers);
    const checked = under('rules', (state, now) => publishRules(state, rules, now))(distribution, at);
    if (isRejected(checked)) throw new Refused(checked);
    const replaces = request.replaces === undefined ? undefined : instantOf(request.replaces);
    const saved = await this.drafts.save(context.organizationId, rules, context.actor, replaces);
    const draft = await this.drafts.of(context.organizationId);
    if (!saved || draft === undefined) throw otherDraft('/replaces', draft);
    return draftAnswer(draft);
  }

  @Delete('draft')
  @ApiOperation({ summary: 'Throw the draft away', description: 'By a manager.' })
  @ApiResponse({ status: HttpStatus.OK, type: RuleDraftAnswer, description: 'what it was' })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'there is none' })
  async discard(@RequestContext() context: EventContext): Promise<RuleDraftAnswer> {
    await this.distributions.current(context, managers);
    for (;;) {
      const draft = await this.#findDraft(context);
      if (await this.drafts.drop(context.organizationId, draft)) return draftAnswer(draft);
    }
  }

  @Post('publish')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Publish the draft, or an earlier version again',
    description:
      'By a manager. All rules together, under the next version number; they decide about leads from now on.',
  })
  @ApiBody({ schema: { ...publishRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: RuleSetAnswer })
  @ApiResponse({ status: HttpStatus.NOT_FOUND, description: 'there is no draft, or no such version' })
  async publish(
    @RequestContext() context: EventContext,
    @Body(new RequestBody(publishRequest)) { version, draft: meant }: PublishRequest,
  ): Promise<RuleSetAnswer> {
    await this.distributions.current(context, managers);
    if (meant !== undefined && version !== undefined) {
      throw new InvalidRequest([{ path: '/draft', message: 'not together with a version' }]);
    }
    const draft = version === undefined ? await this.#findDraft(context) : undefined;
    if (meant !== undefined && (draft === undefined || Date.parse(draft.savedAt) !== instantOf(meant))) {
      throw otherDraft('/draft', draft);
    }
    const { rules } = draft ?? (await this.versions.one(context.organizationId, version ?? 0));
    await this.configuration.change(
      context,
      managers,
      under('rules', (distribution, at) => publishRules(distribution, rules, at)),
    );
    if (draft !== undefined) await this.drafts.drop(context.organizationId, draft);
    return this.inForce(context);
  }

  @Get('history')
  @ApiOperation({
    summary: 'All versions: by whom, when, and what was changed',
    description: 'To restore one, publish it again.',
  })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: RuleHistoryAnswer })
  async history(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') before?: string,
  ): Promise<RuleHistoryAnswer> {
    await this.distributions.current(context);
    const published = await this.versions.all(context.organizationId);
    const entries = published.map((one, index) => ({
      ...ruleSetAnswer(one),
      changes: changesOf(published[index - 1]?.rules ?? [], one.rules),
    }));
    const { items, ...next } = newestFirst(entries, limit, before);
    return { versions: items, ...next };
  }

  @Get('versions/:version')
  @ApiOperation({
    summary: 'The rules of a version',
    description: 'As they were published, to look at or to publish again.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: RuleSetAnswer })
  async version(
    @RequestContext() context: EventContext,
    @Param('version', versionNumber) version: number,
  ): Promise<RuleSetAnswer> {
    await this.distributions.current(context);
    return ruleSetAnswer(await this.versions.one(context.organizationId, version));
  }

  async #findDraft({ organizationId }: EventContext): Promise<RuleDraft> {
    const draft = await this.drafts.of(organizationId);
    if (draft === undefined) throw new NotFoundException('there is no draft');
    return draft;
  }
}

/** Of two who work on the draft at once, the second is told of the first. */
function otherDraft(path: string, draft: RuleDraft | undefined): InvalidRequest {
  const { savedAt, actor } = draft === undefined ? { savedAt: '', actor: '' } : draftAnswer(draft);
  const now = draft === undefined ? 'there is none' : `it is what ${actor} saved at ${savedAt}`;
  return new InvalidRequest([{ path, message: `the draft is another by now: ${now}` }]);
}

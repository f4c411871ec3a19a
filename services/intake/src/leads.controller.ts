import { randomUUID } from 'node:crypto';
import type { EventContext } from '@lead-rotator/event-sourcing';
import { exampleLead, inboundLead } from '@lead-rotator/lead-events';
import { acceptLead, leadIdOf, standInOfRequest } from '@lead-rotator/lead-intake';
import {
  bodyLimit,
  DescribeRequestContext,
  type Fault,
  ForSources,
  InvalidRequest,
  RequestContext,
  readIdempotencyKey,
} from '@lead-rotator/service-host';
import {
  Body,
  Controller,
  Headers,
  HttpCode,
  HttpStatus,
  Post,
  Res,
  UnsupportedMediaTypeException,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ActiveSenderGuard } from './active-sender.guard.ts';
import { CaptureLeads } from './capture-leads.handler.ts';
import type { CaptureRequest } from './capture-request.ts';
import { CapturedLead } from './captured-lead.response.ts';
import { IntakeMetrics } from './intake-metrics.ts';
import { BatchAnswer, type LeadAnswer } from './lead-batch.response.ts';
import { OrganizationCountry } from './organization-country.ts';

interface Response {
  status(code: number): unknown;
}

/** Most leads of one batch. */
export const batchLimit = 1_000;

@ApiTags('leads')
@ApiHeader({ name: 'Idempotency-Key', required: false, description: 'stands in for the id of a lead that has none' })
@DescribeRequestContext()
@ForSources()
@UseGuards(ActiveSenderGuard)
@Controller('leads')
export class LeadsController {
  constructor(
    private readonly capture: CaptureLeads,
    private readonly country: OrganizationCountry,
    private readonly metrics: IntakeMetrics,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Send a lead in',
    description:
      'Answered when it is on disk; its owner is decided after that. With the key of a source, only leads of that source.',
  })
  @ApiBody({ schema: { ...inboundLead } as object })
  @ApiResponse({ status: HttpStatus.CREATED, type: CapturedLead, description: 'captured' })
  @ApiResponse({ status: HttpStatus.OK, type: CapturedLead, description: 'the same lead again: the first answer' })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'every fault by its path' })
  @ApiResponse({ status: HttpStatus.PAYLOAD_TOO_LARGE, description: 'over 64 kB' })
  @ApiResponse({ status: HttpStatus.SERVICE_UNAVAILABLE, description: 'the log is down: send it again' })
  async one(
    @Body() body: unknown,
    @RequestContext() context: EventContext,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CapturedLead> {
    requireJson(body);
    const country = await this.country.forLeads(context.organizationId, [body]);
    const request = this.#accept(body, country, context, readIdempotencyKey(key));
    if (!('lead' in request)) throw new InvalidRequest(request);
    const [answer] = await this.capture.capture([request]);
    if (answer === undefined) throw new Error('a lead was captured without an answer');
    response.status(answer.created ? HttpStatus.CREATED : HttpStatus.OK);
    return answer.lead;
  }

  @Post('batch')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Send up to 1,000 leads in', description: 'Each has its own answer, in their order.' })
  @ApiBody({
    schema: { type: 'array', maxItems: batchLimit, items: { ...inboundLead } as object, examples: [[exampleLead]] },
  })
  @ApiResponse({ status: HttpStatus.OK, type: BatchAnswer })
  @ApiResponse({ status: HttpStatus.BAD_REQUEST, description: 'not a list of up to 1,000 leads' })
  @ApiResponse({ status: HttpStatus.SERVICE_UNAVAILABLE, description: 'the log is down: send all of them again' })
  async batch(
    @Body() body: unknown,
    @RequestContext() context: EventContext,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<BatchAnswer> {
    requireJson(body);
    const leads = listOf(body);
    const idempotencyKey = readIdempotencyKey(key);
    const country = await this.country.forLeads(context.organizationId, leads);
    const requests = leads.map((lead, index) => this.#accept(lead, country, context, idempotencyKey, index));
    const captured = await this.capture.capture(requests.filter((request) => 'lead' in request));
    let next = 0;
    const answers = requests.map((request): LeadAnswer => {
      if (!('lead' in request)) return { result: 'invalid', faults: request };
      const answer = captured[next++];
      if (answer === undefined) throw new Error('a lead was captured without an answer');
      return { result: answer.created ? 'created' : 'repeated', lead: answer.lead };
    });
    const count = (result: LeadAnswer['result']) => answers.filter((answer) => answer.result === result).length;
    return { created: count('created'), repeated: count('repeated'), invalid: count('invalid'), answers };
  }

  #accept(
    input: unknown,
    country: string | undefined,
    { organizationId, actor, cause, traceparent }: EventContext,
    idempotencyKey: string | undefined,
    placeInBatch?: number,
  ): CaptureRequest | readonly Fault[] {
    const acceptance = placeInBatch !== undefined && isTooLarge(input) ? tooLarge : acceptLead(input, country);
    if (!acceptance.accepted) {
      this.metrics.refused();
      return acceptance.faults;
    }
    const { lead } = acceptance;
    if (actor.startsWith('source:') && actor !== `source:${lead.source}`) {
      this.metrics.refused();
      return [
        { path: '/source', message: `must be ${actor.slice('source:'.length)}: this key is for no other source` },
      ];
    }
    const sourceLeadId = lead.id ?? standInOfRequest(idempotencyKey, randomUUID(), placeInBatch);
    const leadId = leadIdOf(organizationId, lead.source, sourceLeadId);
    const sender = actor.startsWith('user:') ? actor : undefined;
    return { organizationId, leadId, sourceLeadId, lead, sender, cause, traceparent };
  }
}

const tooLarge = { accepted: false, faults: [{ path: '', message: 'is larger than 64 kB' }] } as const;

function isTooLarge(lead: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(lead)) > bodyLimit;
}

/** The body parser leaves alone what is not declared as JSON. */
function requireJson(body: unknown): void {
  if (body === undefined) throw new UnsupportedMediaTypeException();
}

function listOf(body: unknown): readonly unknown[] {
  const list = typeof body === 'object' && body !== null && 'leads' in body ? body.leads : body;
  if (!Array.isArray(list)) throw new InvalidRequest([{ path: '', message: 'must be a list of leads' }]);
  if (list.length > batchLimit) {
    throw new InvalidRequest([{ path: '', message: `holds ${list.length} leads; at most ${batchLimit} at once` }]);
  }
  return list;
}

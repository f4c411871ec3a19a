import type { EventContext } from '@lead-rotator/event-sourcing';
import { TableProjector } from '@lead-rotator/read-models';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Controller, Get, HttpStatus, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiQuery, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { managers } from '../access/rights.ts';
import { Distributions } from '../distribution/distributions.ts';
import { singleValue } from '../single-value.pipe.ts';
import { csvOf } from './csv.ts';
import { DistributionReport, type ReportRow } from './report.response.ts';
import { type ReportColumn, reportColumns, reportRequest } from './report-request.ts';
import { Reports } from './reports.read-model.ts';

interface Response {
  setHeader(name: string, value: string): unknown;
}

const figures = ['received', 'turns', 'claimed', 'missed', 'medianSecondsToClaim', 'won', 'lost', 'closeRate'] as const;

@ApiTags('reports')
@ApiExtraModels(DistributionReport)
@DescribeRequestContext()
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly reports: Reports,
    private readonly distributions: Distributions,
    private readonly tables: TableProjector,
  ) {}

  @Get('distribution')
  @ApiOperation({
    summary: 'Who received how much, and what came of it',
    description:
      'For managers and admins. Counts what was received from `from` on and before `to`, and what has become of it until now. From a table that ' +
      'follows the log; `behind` says by how many events.',
  })
  @ApiQuery({
    name: 'from',
    required: false,
    example: '2026-01-01',
    description: 'a day or a time; default: the first',
  })
  @ApiQuery({ name: 'to', required: false, example: '2026-02-01', description: 'likewise, not included; default: now' })
  @ApiQuery({
    name: 'by',
    required: false,
    example: 'member,month',
    description: `of ${reportColumns.join(', ')}, separated by commas; default: member,rotation`,
  })
  @ApiQuery({ name: 'format', required: false, enum: ['json', 'csv'] })
  @ApiResponse({
    status: HttpStatus.OK,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(DistributionReport) } },
      'text/csv': { schema: { type: 'string' }, example: 'member,received,…\r\nann,40,…\r\n' },
    },
  })
  async distribution(
    @RequestContext() context: EventContext,
    @Query('from', singleValue) fromText: string | undefined,
    @Query('to', singleValue) toText: string | undefined,
    @Query('by', singleValue) byText: string | undefined,
    @Query('format', singleValue) formatText: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DistributionReport | string> {
    const { distribution, at } = await this.distributions.current(context, managers);
    const zone = distribution.zone(undefined);
    const query = { from: fromText, to: toText, by: byText, format: formatText };
    const request = reportRequest(query, zone, at + 1);
    const rows = await this.reports.distribution(context.organizationId, zone.name, request);
    const { from, to, by, format } = request;
    if (format === 'csv') {
      response.setHeader('content-type', 'text/csv; charset=utf-8');
      response.setHeader('content-disposition', 'attachment; filename="distribution.csv"');
      return csvOf(rows, columnsOf(by));
    }
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    return { ...range, by, rows, behind: await this.tables.behind() };
  }
}

const columnsOf = (by: readonly ReportColumn[]): (keyof ReportRow)[] => [
  ...by,
  ...figures,
  ...(by.includes('member') ? (['shareReceived', 'shareDue'] as const) : []),
];

import type { EventContext } from '@lead-rotator/event-sourcing';
import { type Calendar, calendar } from '@lead-rotator/lead-events';
import { defineCalendar } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpStatus, NotFoundException, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Type } from 'typebox';
import { managers } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { DescribePage, pageByName } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { DefinitionId } from './definition-id.ts';

const example = { timeZone: 'Europe/Berlin', hours: { 'mon-fri': '09:00-18:00' }, holidays: ['2026-01-06'] };
const calendarRequest = Type.Object(calendar.properties, {
  additionalProperties: false,
  description: 'without hours: always open but on holidays; without a time zone: in that of the organization',
  examples: [example],
});

export class CalendarAnswer {
  @ApiProperty({ example: 'sales' })
  readonly id!: string;

  @ApiPropertyOptional({ example: example.timeZone })
  readonly timeZone?: string;

  @ApiPropertyOptional({ type: Object, example: example.hours })
  readonly hours?: object;

  @ApiPropertyOptional({ type: [String], example: example.holidays })
  readonly holidays?: readonly string[];
}

export class CalendarsAnswer {
  @ApiProperty({ type: [CalendarAnswer] })
  readonly calendars!: readonly CalendarAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

@ApiTags('calendars')
@DescribeRequestContext()
@Controller('calendars')
export class CalendarsController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All calendars', description: 'Page by page, by their ids.' })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: CalendarsAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') from?: string,
  ): Promise<CalendarsAnswer> {
    const { distribution } = await this.distributions.current(context);
    const { items, ...next } = pageByName(distribution.calendars, limit, from);
    return { calendars: items.map(([id, { written }]) => ({ id, ...written })), ...next };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A calendar', description: 'Its open hours and holidays.' })
  @ApiResponse({ status: HttpStatus.OK, type: CalendarAnswer })
  async one(@RequestContext() context: EventContext, @Param('id') id: string): Promise<CalendarAnswer> {
    const { distribution } = await this.distributions.current(context);
    const known = distribution.calendars.get(id);
    if (known === undefined) throw new NotFoundException(`there is no calendar ${id}`);
    return { id, ...known.written };
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Define a calendar',
    description:
      'By a manager. New, or in place of the one of that id, for claim windows that are computed from now on.',
  })
  @ApiBody({ schema: { ...calendarRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: CalendarAnswer })
  @ApiResponse({
    status: HttpStatus.BAD_REQUEST,
    description: 'every fault by its path; one that is never open is refused',
  })
  async define(
    @RequestContext() context: EventContext,
    @Param('id', DefinitionId) calendarId: string,
    @Body(new RequestBody(calendarRequest)) written: Calendar,
  ): Promise<CalendarAnswer> {
    await this.configuration.change(context, managers, (distribution, at) =>
      defineCalendar(distribution, { ...written, calendarId }, at),
    );
    return this.one(context, calendarId);
  }
}

import type { EventContext } from '@lead-rotator/event-sourcing';
import { type Condition, condition } from '@lead-rotator/lead-events';
import { defineTerritory } from '@lead-rotator/rotation';
import { DescribeRequestContext, RequestContext } from '@lead-rotator/service-host';
import { Body, Controller, Get, HttpStatus, NotFoundException, Param, Put, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Static, Type } from 'typebox';
import { managers } from '../access/rights.ts';
import { ChangeConfiguration } from '../distribution/change-configuration.handler.ts';
import { Distributions } from '../distribution/distributions.ts';
import { under } from '../distribution/in-turn.ts';
import { DescribePage, pageByName } from '../page-request.ts';
import { RequestBody } from '../request-body.pipe.ts';
import { DefinitionId } from './definition-id.ts';

const example = {
  any: [
    { field: 'postcode', startsWith: '2' },
    { field: 'region', in: ['HH', 'SH'] },
  ],
};
const territoryRequest = Type.Object(
  { condition },
  { additionalProperties: false, examples: [{ condition: example }] },
);

export class TerritoryAnswer {
  @ApiProperty({ example: 'north' })
  readonly id!: string;

  @ApiProperty({ ...(condition as object), example })
  readonly condition!: Condition;
}

export class TerritoriesAnswer {
  @ApiProperty({ type: [TerritoryAnswer] })
  readonly territories!: readonly TerritoryAnswer[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

@ApiTags('territories')
@DescribeRequestContext()
@Controller('territories')
export class TerritoriesController {
  constructor(
    private readonly configuration: ChangeConfiguration,
    private readonly distributions: Distributions,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All territories', description: 'Page by page, by their ids.' })
  @DescribePage()
  @ApiResponse({ status: HttpStatus.OK, type: TerritoriesAnswer })
  async all(
    @RequestContext() context: EventContext,
    @Query('limit') limit?: string,
    @Query('cursor') from?: string,
  ): Promise<TerritoriesAnswer> {
    const { distribution } = await this.distributions.current(context);
    const { items, ...next } = pageByName(distribution.territories, limit, from);
    return { territories: items.map(([id, known]) => ({ id, condition: known })), ...next };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'A territory',
    description: 'The condition that rules and filters of members refer to by this name.',
  })
  @ApiResponse({ status: HttpStatus.OK, type: TerritoryAnswer })
  async one(@RequestContext() context: EventContext, @Param('id') id: string): Promise<TerritoryAnswer> {
    const { distribution } = await this.distributions.current(context);
    const known = distribution.territories.get(id);
    if (known === undefined) throw new NotFoundException(`there is no territory ${id}`);
    return { id, condition: known };
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Define a territory',
    description:
      'By a manager. A condition with a name, to which rules and the filters of members refer: ' +
      '`{ "field": "territory", "is": "north" }`. New, or in place of the one of that id.',
  })
  @ApiBody({ schema: { ...territoryRequest } as object })
  @ApiResponse({ status: HttpStatus.OK, type: TerritoryAnswer })
  async define(
    @RequestContext() context: EventContext,
    @Param('id', DefinitionId) territoryId: string,
    @Body(new RequestBody(territoryRequest)) { condition: written }: Static<typeof territoryRequest>,
  ): Promise<TerritoryAnswer> {
    await this.configuration.change(
      context,
      managers,
      under('condition', (distribution, at) => defineTerritory(distribution, { territoryId, condition: written }, at)),
    );
    return this.one(context, territoryId);
  }
}

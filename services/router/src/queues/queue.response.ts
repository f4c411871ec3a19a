import { factsOf, fieldOf, type Rotation } from '@lead-rotator/rotation';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LeadEvents } from './lead-events-of-page.ts';
import type { UnassignedLead } from './unassigned-leads.read-model.ts';

/** A lead as those who may pick it up see it before they have it. */
export class QueuedLead {
  @ApiProperty({ format: 'date-time', description: 'since when it waits' })
  readonly since!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'to pick it up by; absent in a hidden queue' })
  readonly id?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when it is offered' })
  readonly offeredUntil?: string;

  @ApiPropertyOptional({
    type: Object,
    example: { source: 'facebook', region: 'HH' },
    description: 'what the queue shows of it',
  })
  readonly fields?: Readonly<Record<string, unknown>>;
}

export class QueueAnswer {
  @ApiProperty({ example: 'web' })
  readonly rotationId!: string;

  @ApiProperty({ example: 'queue-preview', description: 'the strategy decides what is shown of a lead' })
  readonly strategy!: string;

  @ApiProperty({ example: 3, description: 'how many wait, on all pages' })
  readonly waiting!: number;

  @ApiProperty({ type: [QueuedLead], description: 'the longest waiting first' })
  readonly leads!: readonly QueuedLead[];

  @ApiPropertyOptional({ example: '4211', description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;

  @ApiProperty({ example: 0, description: 'how many events the list is behind the log' })
  readonly behind!: number;
}

/** What is shown of leads where the strategy says nothing about it: all but who the person is. */
const usual = ['source', 'site', 'page', 'group', 'status', 'country', 'region', 'score'];

export function queuedLead({ strategy }: Rotation, lead: UnassignedLead, events: LeadEvents | undefined): QueuedLead {
  const since = new Date(lead.since).toISOString();
  if (strategy.type === 'queue-hidden') return { since };
  const names = strategy.type === 'queue-preview' ? (strategy.previewFields ?? []) : usual;
  return {
    id: lead.leadId,
    since,
    ...(lead.until === undefined ? {} : { offeredUntil: new Date(lead.until).toISOString() }),
    fields: events === undefined ? {} : fieldsOf(names, events),
  };
}

function fieldsOf(names: readonly string[], { captured, status }: LeadEvents) {
  const facts = { ...factsOf(captured), status };
  const { firstName, lastName } = captured.person;
  const values: Record<string, unknown> = { firstName, lastName };
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = name in values ? values[name] : fieldOf(facts, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

import type { Notice } from '@lead-rotator/lead-events';
import { explainEvent } from '@lead-rotator/replay';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LeadEvents } from './lead-events-of-page.ts';
import type { UnassignedLead } from './unassigned-leads.read-model.ts';

/** A lead that nobody has, as somebody sees it who distributes by hand. */
export class UnassignedLeadAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({ format: 'date-time', description: 'since when nobody has it' })
  readonly since!: string;

  @ApiProperty({
    enum: ['unassigned', 'waiting', 'held', 'offered'],
    description: 'waiting: in a queue until it is picked up; held: until somebody is eligible; unassigned: in no queue',
  })
  readonly state!: string;

  @ApiPropertyOptional({ example: 'web', description: 'in whose queue it lies, or which offers it' })
  readonly rotationId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when it is offered' })
  readonly offeredUntil?: string;

  @ApiProperty({
    example: 'Nobody has it: by the rules (rule rest, version 1), nobody is eligible. Passed over: ann (off-hours).',
  })
  readonly reason!: string;

  @ApiProperty({ type: Object, example: { step: 'rules', reason: 'nobody-eligible' }, description: 'the same as data' })
  readonly why!: object;

  @ApiProperty({
    type: [String],
    example: ['nobody-eligible'],
    description: 'the kinds of notices raised about it so far',
  })
  readonly notices!: readonly string[];

  @ApiProperty({ example: 'facebook' })
  readonly source!: string;

  @ApiPropertyOptional({ example: 'loans' })
  readonly group?: string;

  @ApiProperty({ example: 'new' })
  readonly status!: string;

  @ApiProperty({ type: Object, description: 'name, email, phone, attributes; `{ "erased": true }` when forgotten' })
  readonly person!: object;
}

export class UnassignedLeadsAnswer {
  @ApiProperty({ type: [UnassignedLeadAnswer], description: 'the longest without an owner first' })
  readonly leads!: readonly UnassignedLeadAnswer[];

  @ApiPropertyOptional({ example: '4211', description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;

  @ApiProperty({ example: 0, description: 'how many events the list is behind the log' })
  readonly behind!: number;
}

const states = { 'for-pick-up': 'waiting', 'for-somebody': 'held', offered: 'offered' } as const;

export function unassignedLead(
  lead: UnassignedLead,
  { captured, status, left }: LeadEvents,
  notices: readonly Notice[],
): UnassignedLeadAnswer {
  return {
    id: lead.leadId,
    since: new Date(lead.since).toISOString(),
    state: lead.waits === undefined ? 'unassigned' : states[lead.waits],
    ...(lead.rotationId === undefined ? {} : { rotationId: lead.rotationId }),
    ...(lead.until === undefined ? {} : { offeredUntil: new Date(lead.until).toISOString() }),
    reason: (left === undefined ? undefined : explainEvent(left)) ?? '',
    why: left !== undefined && 'why' in left.data ? left.data.why : {},
    notices,
    source: captured.source,
    ...(captured.group === undefined ? {} : { group: captured.group }),
    status,
    person: captured.person,
  };
}

import type { Outcome } from '@lead-rotator/command-handling';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What became of one lead of many. */
export class HandOverAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly leadId!: string;

  @ApiProperty({ enum: ['given', 'unchanged', 'refused'], description: 'unchanged: they had it already' })
  readonly result!: 'given' | 'unchanged' | 'refused';

  @ApiPropertyOptional({ example: 'closed', description: 'why it was refused' })
  readonly code?: string;
}

export class HandOverManyAnswer {
  @ApiProperty({ example: 998 })
  readonly given!: number;

  @ApiProperty({ example: 2 })
  readonly refused!: number;

  @ApiProperty({ type: [HandOverAnswer], description: 'one for each lead, in the order of the request' })
  readonly leads!: readonly HandOverAnswer[];
}

export function handOverManyAnswer(leadIds: readonly LeadId[], outcomes: readonly Outcome[]): HandOverManyAnswer {
  const leads = leadIds.map((leadId, index) => handOverAnswer(leadId, outcomes[index] as Outcome));
  const count = (result: HandOverAnswer['result']) => leads.filter((lead) => lead.result === result).length;
  return { given: count('given'), refused: count('refused'), leads };
}

function handOverAnswer(leadId: LeadId, outcome: Outcome): HandOverAnswer {
  if (isRejected(outcome)) return { leadId, result: 'refused', code: outcome.code };
  return { leadId, result: outcome.length === 0 ? 'unchanged' : 'given' };
}

import { type LeadRotatorEvent, type PassedOver, passOverReasons } from '@lead-rotator/lead-events';
import { explainEvent } from '@lead-rotator/replay';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class PassedOverAnswer {
  @ApiProperty({ example: 'eve' })
  readonly userId!: string;

  @ApiProperty({ enum: passOverReasons })
  readonly reason!: string;
}

/** What would become of a lead. */
export class OutcomeAnswer {
  @ApiProperty({ enum: ['assigned', 'offered', 'waiting', 'unassigned'] })
  readonly outcome!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ann', description: 'who would get it' })
  readonly ownerId!: string | null;

  @ApiPropertyOptional({
    type: [String],
    description: 'to whom it would be offered, and the first who takes it has it',
  })
  readonly offeredTo?: readonly string[];

  @ApiPropertyOptional({
    example: 'web',
    description: 'the rotation that would give it out, or in which it would wait',
  })
  readonly rotationId?: string;

  @ApiPropertyOptional({ example: 'german', description: 'the rule that would decide' })
  readonly rule?: string;

  @ApiPropertyOptional({ example: 3, description: 'the version of the rules; of a draft, the one it would get' })
  readonly ruleSet?: number;

  @ApiProperty({ example: 'rules', description: 'which step would decide' })
  readonly step!: string;

  @ApiProperty({ example: 'turn', description: 'what the step would come to' })
  readonly reason!: string;

  @ApiProperty({ type: [PassedOverAnswer], description: 'who would be passed over and why' })
  readonly passedOver!: readonly PassedOver[];

  @ApiPropertyOptional({ example: 950, description: 'how many more would be passed over' })
  readonly more?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when it would have to be claimed' })
  readonly due?: string;

  @ApiProperty({
    example: 'Went to ann: by the rules (rule german, version 3), their turn. Turn 813 of web, by weighted.',
  })
  readonly words!: string;
}

/** The decision, as the events say it; the first of them is that of the lead itself. */
export function outcomeAnswer([event]: readonly LeadRotatorEvent[]): OutcomeAnswer {
  if (event === undefined || !('why' in event.data)) throw new Error('a lead was tried and nothing was decided');
  const { why, ...data } = event.data;
  const decided: Partial<Decided> = data;
  const { passedOver = [], more } = decided.turn ?? decided;
  const { userIds, rotationId, due } = decided;
  return {
    outcome: outcomeOf(decided),
    ownerId: decided.ownerId ?? null,
    ...(userIds === undefined ? {} : { offeredTo: userIds }),
    ...(rotationId === undefined ? {} : { rotationId }),
    ...(why.rule === undefined ? {} : { rule: why.rule }),
    ...(why.ruleSet === undefined ? {} : { ruleSet: why.ruleSet }),
    step: why.step,
    reason: why.reason,
    passedOver,
    ...(more === undefined ? {} : { more }),
    ...(due === undefined ? {} : { due }),
    words: explainEvent(event) ?? event.type,
  };
}

interface Decided {
  readonly ownerId: string;
  readonly userIds: readonly string[];
  readonly rotationId: string;
  readonly waits: string;
  readonly due: string;
  readonly passedOver: readonly PassedOver[];
  readonly more: number;
  readonly turn: { readonly passedOver: readonly PassedOver[]; readonly more?: number };
}

function outcomeOf({ ownerId, userIds, waits }: Partial<Decided>): string {
  if (ownerId !== undefined) return 'assigned';
  if (userIds !== undefined) return 'offered';
  return waits === undefined ? 'unassigned' : 'waiting';
}

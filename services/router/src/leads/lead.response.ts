import { type LeadState, rotationOfLead } from '@lead-rotator/claim';
import type { EventOfType, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { explainEvent } from '@lead-rotator/replay';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One thing that happened to a lead. */
export class LeadHistoryEntry {
  @ApiProperty({ example: 4211, description: 'position in the log' })
  readonly position!: number;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ example: 'LeadAssigned', description: 'type of the event' })
  readonly type!: string;

  @ApiProperty({ example: 'service:router', description: 'who did it' })
  readonly actor!: string;

  @ApiProperty({ example: 'event:4208', description: 'what it answers' })
  readonly cause!: string;

  @ApiProperty({
    example: 'Went to ann: by the rules (rule rest, version 1), their turn. Turn 812 of web, by round-robin.',
  })
  readonly words!: string;

  @ApiProperty({ type: Object, description: 'the event itself, as the contract describes it' })
  readonly data!: unknown;
}

export class LeadAnswer {
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;

  @ApiProperty({
    enum: ['undecided', 'assigned', 'claimed', 'pending', 'offered', 'waiting', 'unassigned', 'won', 'lost'],
    description: 'pending: its owner keeps it until somebody else can have it; waiting: it lies in a queue',
  })
  readonly state!: string;

  @ApiProperty({ type: String, nullable: true, example: 'ann' })
  readonly ownerId!: string | null;

  @ApiPropertyOptional({ format: 'date-time', description: 'until when the owner has to claim it' })
  readonly due?: string;

  @ApiPropertyOptional({
    example: 'web',
    description: 'the rotation by whose turn the owner got it, or in which it waits',
  })
  readonly rotationId?: string;

  @ApiPropertyOptional({ description: 'whoever gets that lead gets this one too' })
  readonly follows?: string;

  @ApiProperty({ type: [String], example: ['bob', 'ann'], description: 'all owners, in order' })
  readonly owners!: readonly string[];

  @ApiProperty({ example: 'facebook' })
  readonly source!: string;

  @ApiProperty({ example: 'new' })
  readonly status!: string;

  @ApiProperty({ format: 'date-time' })
  readonly capturedAt!: string;

  @ApiProperty({
    type: Object,
    description: 'name, email, phone, attributes; `{ "erased": true }` when the person was forgotten',
  })
  readonly person!: object;

  @ApiProperty({ type: [LeadHistoryEntry], description: 'everything that happened to it, oldest first' })
  readonly history!: readonly LeadHistoryEntry[];
}

type Captured = EventOfType<'LeadCaptured'>['data'];

export function leadAnswer(lead: LeadState, captured: Captured, events: readonly RecordedLeadEvent[]): LeadAnswer {
  const { facts, ownerId, due, follows, history, capturedAt } = lead;
  const rotationId = rotationOfLead(lead);
  return {
    id: facts.leadId,
    state: stateOf(lead),
    ownerId: ownerId ?? null,
    ...(due === undefined ? {} : { due: new Date(due).toISOString() }),
    ...(rotationId === undefined ? {} : { rotationId }),
    ...(follows === undefined ? {} : { follows }),
    owners: history,
    source: facts.source,
    status: facts.status,
    capturedAt: new Date(capturedAt).toISOString(),
    person: captured.person,
    history: events.map((event) => ({
      position: event.position,
      at: new Date(event.at).toISOString(),
      type: event.type,
      actor: event.actor,
      cause: event.cause,
      words: explainEvent(event) ?? event.type,
      data: event.data,
    })),
  };
}

function stateOf(lead: LeadState): LeadAnswer['state'] {
  if (lead.closed !== undefined) return lead.closed;
  if (!lead.decided) return 'undecided';
  if (lead.claimed) return 'claimed';
  if (lead.pendingIn !== undefined) return 'pending';
  if (lead.ownerId !== undefined) return 'assigned';
  if (lead.offer !== undefined) return 'offered';
  return lead.waits === undefined ? 'unassigned' : 'waiting';
}

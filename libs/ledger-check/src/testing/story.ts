import type { EpochMilliseconds, OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import type {
  EventOfType,
  LeadId,
  LeadRotatorEventType,
  PassedOver,
  RotationId,
  RotationSettings,
  Step,
  UserId,
} from '@lead-rotator/lead-events';

export const minute = 60_000;

interface TurnOptions {
  readonly passedOver?: readonly [userId: string, reason: PassedOver['reason']][];
  readonly step?: Step;
  /** Makes it a LeadReassigned. */
  readonly from?: string;
  readonly due?: EpochMilliseconds;
  readonly strategy?: string;
}

/** Writes a log for the specs, event by event, without any of the code that decides. */
export class Story {
  readonly events: RecordedEvent[] = [];
  readonly #turns = new Map<string, number>();

  constructor(public now: EpochMilliseconds) {}

  wait(milliseconds: number): this {
    this.now += milliseconds;
    return this;
  }

  add<Type extends LeadRotatorEventType>(type: Type, data: Omit<EventOfType<Type>['data'], 'at'>): this {
    this.events.push({
      position: this.events.length + 1,
      type,
      version: 1,
      at: this.now,
      organizationId: 'default' as OrganizationId,
      actor: 'service:story',
      cause: 'request:story',
      data: { ...data, at: this.iso(this.now) },
    });
    return this;
  }

  user(userId: string, profile: Omit<EventOfType<'UserRegistered'>['data'], 'userId' | 'email' | 'at'> = {}): this {
    return this.add('UserRegistered', { userId: userId as UserId, email: `${userId}@example.com`, ...profile });
  }

  rotation(id: string, members: readonly string[], settings: RotationSettings = {}): this {
    const rotationId = id as RotationId;
    this.add('RotationCreated', { rotationId, name: id, on: true, settings });
    for (const [index, userId] of members.entries()) {
      this.add('MemberAdded', { rotationId, userId: userId as UserId, place: index + 1, settings: {} });
    }
    return this;
  }

  capture(lead: string): this {
    return this.add('LeadCaptured', {
      leadId: lead as LeadId,
      source: 'web',
      sourceLeadId: lead,
      contactIds: [],
      status: 'new',
      receivedAt: this.iso(this.now),
      person: {},
    });
  }

  /** A turn; for a rotation with claims `due` is said too. */
  turn(lead: string, rotation: string, owner: string, options: TurnOptions = {}): this {
    const number = (this.#turns.get(rotation) ?? 0) + 1;
    this.#turns.set(rotation, number);
    const passedOver = (options.passedOver ?? []).map(([userId, reason]) => ({ userId: userId as UserId, reason }));
    const data = {
      leadId: lead as LeadId,
      contactIds: [],
      ownerId: owner as UserId,
      rotationId: rotation as RotationId,
      turn: { number, strategy: options.strategy ?? 'round-robin', passedOver },
      why: { step: options.step ?? ('rules' as const), reason: 'turn' as const },
      ...(options.due === undefined ? {} : { due: this.iso(options.due) }),
    };
    if (options.from === undefined) return this.add('LeadAssigned', data);
    return this.add('LeadReassigned', { ...data, previousOwnerId: options.from as UserId });
  }

  /** Outside the turn. */
  give(lead: string, owner: string, step: Step = 'came-with-owner'): this {
    const why = { step, reason: 'owner-kept' } as const;
    return this.add('LeadAssigned', { leadId: lead as LeadId, contactIds: [], ownerId: owner as UserId, why });
  }

  leave(
    lead: string,
    rotation: string,
    passedOver: readonly [userId: string, reason: PassedOver['reason']][],
    waits: 'for-pick-up' | 'for-somebody' = 'for-pick-up',
  ): this {
    return this.add('LeadLeftUnassigned', {
      leadId: lead as LeadId,
      contactIds: [],
      rotationId: rotation as RotationId,
      waits,
      passedOver: passedOver.map(([userId, reason]) => ({ userId: userId as UserId, reason })),
      notice: 'nobody-eligible',
      why: { step: 'rules', reason: 'nobody-eligible' },
    });
  }

  miss(lead: string, rotation: string, owner: string, due: EpochMilliseconds): this {
    return this.add('ClaimMissed', {
      leadId: lead as LeadId,
      ownerId: owner as UserId,
      rotationId: rotation as RotationId,
      due: this.iso(due),
      notice: 'missed',
      why: { step: 'missed', reason: 'turn' },
    });
  }

  act(lead: string, user: string, act: Partial<EventOfType<'LeadActivityRecorded'>['data']> = {}): this {
    return this.add('LeadActivityRecorded', {
      activityId: `${lead}-${this.events.length}` as never,
      leadId: lead as LeadId,
      userId: user as UserId,
      kind: 'call',
      automated: false,
      occurredAt: this.iso(this.now),
      outcome: 'claims',
      ...act,
    });
  }

  claim(lead: string, owner: string): this {
    return this.add('LeadClaimed', { leadId: lead as LeadId, contactIds: [], ownerId: owner as UserId });
  }

  iso(at: EpochMilliseconds): string {
    return new Date(at).toISOString();
  }
}

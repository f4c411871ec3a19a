import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type {
  LeadId,
  LeadRotatorEvent,
  MemberSettings,
  RotationId,
  RotationSettings,
  Turn,
  UserId,
} from '@lead-rotator/lead-events';
import { addMember, pauseMember, resumeMember } from '../commands/change-members.ts';
import { createRotation } from '../commands/change-rotations.ts';
import { registerUser } from '../commands/change-users.ts';
import { Distribution } from '../distribution.ts';
import { evolveDistribution } from '../evolve-distribution.ts';
import type { Rotation } from '../rotation.ts';
import { takeTurn } from '../take-turn.ts';

const rotationId = 'r' as RotationId;

/** A rotation that gives out leads at one instant: who gets them is told as a number, the place where they joined. */
export class Serving {
  readonly distribution = new Distribution();
  at = Date.parse('2026-01-05T09:00:00Z');
  lastTurn: Turn | undefined;
  private readonly people: UserId[] = [];
  private leads = 0;

  constructor(settings: RotationSettings, members: readonly MemberSettings[]) {
    this.run(createRotation(this.distribution, { rotationId, name: 'R', settings }, this.at));
    for (const own of members) this.join(own);
  }

  get rotation(): Rotation {
    return this.distribution.rotations.get(rotationId) as Rotation;
  }

  join(settings: MemberSettings = {}): number {
    const userId = `u${this.people.length}` as UserId;
    this.run(registerUser(this.distribution, { userId, email: `${userId}@example.com` }, this.at));
    this.run(addMember(this.distribution, { rotationId, user: userId, settings }, this.at));
    return this.people.push(userId) - 1;
  }

  pause(number: number): void {
    this.run(pauseMember(this.distribution, { rotationId, userId: this.people[number] as UserId }, this.at));
  }

  resume(number: number): void {
    this.run(resumeMember(this.distribution, { rotationId, userId: this.people[number] as UserId }, this.at));
  }

  /** Gives out a lead that does not suit some; undefined if nobody can have it. */
  serve(unsuited: readonly number[] = []): number | undefined {
    this.leads += 1;
    const leadId = `L${this.leads}` as LeadId;
    const had = unsuited.map((number) => this.people[number] as UserId);
    const lead = { facts: { leadId, source: 'web', status: 'new', receivedAt: this.at }, declined: [], had };
    const taken = takeTurn(this.distribution, this.rotation, lead, this.at);
    this.lastTurn = taken.userId === undefined ? undefined : taken.turn;
    if (taken.userId === undefined) return undefined;
    const { userId: ownerId, turn } = taken;
    const why = { step: 'rules' as const, reason: 'turn' as const };
    const data = { leadId, contactIds: [], ownerId, rotationId, turn, why, at: new Date(this.at).toISOString() };
    this.run([{ type: 'LeadAssigned', data }]);
    return this.people.indexOf(ownerId);
  }

  /** The owner wins or loses a lead of the kind that is given out. */
  end(owner: number, as: 'LeadWon' | 'LeadLost'): void {
    const ownerId = this.people[owner] as UserId;
    const at = new Date(this.at).toISOString();
    const data = { leadId: 'L' as LeadId, contactIds: [], ownerId, rotationId, segment: '["web"]', source: 'web', at };
    this.run([{ type: as, data }]);
  }

  private run(result: readonly LeadRotatorEvent[] | Rejection): void {
    if (isRejected(result)) throw new Error(`${result.code} ${JSON.stringify(result.facts)}`);
    for (const event of result) evolveDistribution(this.distribution, event);
  }
}

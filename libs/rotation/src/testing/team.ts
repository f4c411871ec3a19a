import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type {
  LeadId,
  LeadRotatorEvent,
  MemberSettings,
  RotationId,
  RotationSettings,
  UserId,
} from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  creditMember,
  moveMember,
  pauseMember,
  removeMember,
  resumeMember,
} from '../commands/change-members.ts';
import { changeRotation, createRotation } from '../commands/change-rotations.ts';
import {
  activateUser,
  changeUserProfile,
  deactivateUser,
  planAway,
  registerUser,
  switchUser,
} from '../commands/change-users.ts';
import { Distribution, forkDistribution } from '../distribution.ts';
import type { TurnLead } from '../eligibility.ts';
import { evolveDistribution } from '../evolve-distribution.ts';
import type { Rotation } from '../rotation.ts';
import { takeTurn } from '../take-turn.ts';
import { PlainLoads, PlainRotation, type PlainStrategies } from './plain-rotation.ts';
import { plainStrategies } from './plain-strategies.ts';
import type { RandomTeam, TeamStep } from './random-team.ts';

type MemberDoes = Extract<TeamStep, { member: number }>;
type Outcome = { readonly userId: UserId | undefined; readonly turn?: unknown };

const rotationIds = ['r0', 'r1'] as RotationId[];
const hour = 3_600_000;

/** Plays a random team twice, in the distribution and by the plain rules, and gives back what both have chosen. */
export class Team {
  readonly distribution = new Distribution();
  readonly events: LeadRotatorEvent[] = [];
  readonly plain: PlainRotation[] = [];
  readonly outcomes: { readonly fast: Outcome; readonly plain: Outcome }[] = [];
  private readonly loads = new PlainLoads();
  private readonly users: readonly UserId[];
  private at = Date.parse('2026-03-27T20:00:00Z');
  private leads = 0;

  /** Without plain strategies, only the distribution is played. */
  constructor(
    { users, rotations }: Pick<RandomTeam, 'users' | 'rotations'>,
    strategies: PlainStrategies = plainStrategies,
  ) {
    this.users = users.map(({ userId }) => userId);
    for (const user of users) this.run(registerUser(this.distribution, user, this.at));
    rotations.forEach(({ settings, members }, number) => {
      const rotationId = rotationIds[number] as RotationId;
      this.run(createRotation(this.distribution, { rotationId, name: rotationId, settings }, this.at));
      this.plain.push(new PlainRotation(settings, this.distribution, this.loads, strategies));
      members.forEach((own, member) => {
        this.join(number, this.users[member] as UserId, member, own);
      });
    });
  }

  play(steps: RandomTeam['steps']): this {
    for (const [after, step] of steps) {
      this.at += after * 60_000;
      this.take(step);
    }
    return this;
  }

  private take(step: TeamStep): void {
    if ('lead' in step) this.lead(step.lead);
    else if ('open' in step) this.open(this.user(step.open), step.by);
    else if ('refund' in step) this.refund(step.refund);
    else if ('user' in step) this.userIs(this.user(step.user), step.as);
    else if ('member' in step) this.member(step);
    else this.change(step.rotation, step.change);
  }

  private lead({ country, unsuited, rotation: number, fork }: Extract<TeamStep, { lead: object }>['lead']): void {
    this.leads += 1;
    const leadId = `L${this.leads}` as LeadId;
    const lead: TurnLead = {
      facts: { leadId, source: 'web', status: 'new', receivedAt: this.at, country },
      declined: unsuited.slice(0, 1).map((one) => this.user(one)),
      had: unsuited.slice(1).map((one) => this.user(one)),
    };
    const plain = (this.plain[number] as PlainRotation).take(lead, this.at);
    if (fork) this.decideOnFork(number, lead);
    const { events, ...fast } = this.decide(this.distribution, number, lead);
    this.outcomes.push({
      fast,
      plain: plain === undefined ? { userId: undefined } : { userId: plain.userId, turn: plain.turn },
    });
    this.run(events);
    if (plain === undefined) return;
    plain.serve();
    this.loads.open.set(plain.userId, (this.loads.open.get(plain.userId) ?? 0) + 1);
  }

  /** Two decisions, one built on the other, that are dropped again: the state below must not notice. */
  private decideOnFork(number: number, lead: TurnLead): void {
    const fork = forkDistribution(this.distribution);
    for (const which of [number, 1 - number, number]) {
      for (const event of this.decide(fork, which, lead).events) evolveDistribution(fork, event);
    }
  }

  private decide(distribution: Distribution, number: number, lead: TurnLead): Outcome & { events: LeadRotatorEvent[] } {
    const rotationId = rotationIds[number] as RotationId;
    const taken = takeTurn(distribution, distribution.rotations.get(rotationId) as Rotation, lead, this.at);
    if (taken.userId === undefined) return { userId: undefined, events: [] };
    const { userId, turn } = taken;
    const why = { step: 'rules' as const, reason: 'turn' as const };
    const data = { leadId: lead.facts.leadId, contactIds: [], ownerId: userId, rotationId, turn, why, at: this.now };
    return { userId, turn, events: [{ type: 'LeadAssigned', data }] };
  }

  /** Somebody gets a lead by hand, or one of theirs is lost. */
  private open(userId: UserId, by: 1 | -1): void {
    const open = this.loads.open.get(userId) ?? 0;
    if (open + by < 0) return;
    this.loads.open.set(userId, open + by);
    const lead = { leadId: 'other' as LeadId, contactIds: [], ownerId: userId, at: this.now };
    this.run([
      by === 1
        ? { type: 'LeadHandedOver', data: { ...lead, why: { step: 'by-hand', reason: 'given' } } }
        : { type: 'LeadLost', data: { ...lead, source: 'web' } },
    ]);
  }

  private refund(number: number): void {
    const plain = this.plain[number % 2] as PlainRotation;
    const member = plain.list[number % plain.list.length];
    const turn = member?.turns.findLast(({ refunded }) => !refunded);
    if (member === undefined || turn === undefined) return;
    turn.refunded = true;
    const rotationId = rotationIds[number % 2] as RotationId;
    const turnAt = new Date(turn.at).toISOString();
    const data = { leadId: 'other' as LeadId, rotationId, userId: member.userId, turnAt, at: this.now };
    this.run([{ type: 'TurnRefunded', data }]);
  }

  private userIs(userId: UserId, as: Extract<TeamStep, { as: string }>['as']): void {
    const { distribution, at } = this;
    const until = new Date(at + 5 * hour).toISOString();
    if (as === 'active') this.run(activateUser(distribution, userId, at));
    else if (as === 'inactive') this.run(deactivateUser(distribution, userId, at));
    else if (as === 'away') this.run(planAway(distribution, { userId, from: this.now, to: until }, at));
    else if (as === 'busy') this.run(changeUserProfile(distribution, { userId, maxOpen: 2, caps: { daily: 3 } }, at));
    else if (as === 'free') this.run(changeUserProfile(distribution, { userId, maxOpen: 0, caps: {} }, at));
    else this.run(switchUser(distribution, userId, as === 'on', at));
  }

  private member({ rotation: number, member, does, place }: MemberDoes): void {
    const { distribution, at } = this;
    const plain = this.plain[number] as PlainRotation;
    const one = { rotationId: rotationIds[number] as RotationId, userId: this.user(member) };
    const known = plain.list.find(({ userId }) => userId === one.userId);
    if (known === undefined) {
      if (does === 'join') this.join(number, one.userId, place % (plain.list.length + 1), {});
      return;
    }
    const to = place % plain.list.length;
    if (does === 'leave') {
      this.run(removeMember(distribution, one, at));
      plain.remove(one.userId);
    } else if (does === 'move' && plain.list.indexOf(known) !== to) {
      this.run(moveMember(distribution, { ...one, place: to + 1 }, at));
      plain.move(one.userId, to);
    } else if (does === 'pause' || does === 'resume') {
      this.run((does === 'pause' ? pauseMember : resumeMember)(distribution, one, at));
      known.paused = does === 'pause';
    } else if (does === 'credit') {
      this.run(creditMember(distribution, { ...one, by: (place % 5) - 2 }, at));
      known.credit += (place % 5) - 2;
    } else if (does === 'change') {
      const settings: MemberSettings = { weight: 3, leadsPerCycle: 2, caps: { hourly: place % 3 } };
      this.run(changeMember(distribution, { ...one, settings }, at));
      known.settings = settings;
    }
  }

  private join(number: number, userId: UserId, place: number, settings: MemberSettings): void {
    const rotationId = rotationIds[number] as RotationId;
    this.run(addMember(this.distribution, { rotationId, user: userId, place: place + 1, settings }, this.at));
    (this.plain[number] as PlainRotation).add(userId, settings, place);
  }

  private change(number: number, change: RotationSettings): void {
    const plain = this.plain[number] as PlainRotation;
    this.run(changeRotation(this.distribution, rotationIds[number] as RotationId, change, this.at));
    plain.change({ ...plain.settings, ...change });
  }

  private user(number: number): UserId {
    return this.users[number % this.users.length] as UserId;
  }

  private get now(): string {
    return new Date(this.at).toISOString();
  }

  private run(result: readonly LeadRotatorEvent[] | Rejection): void {
    if (isRejected(result)) throw new Error(`${result.code} ${JSON.stringify(result.facts)}`);
    for (const event of result) {
      this.events.push(JSON.parse(JSON.stringify(event)));
      evolveDistribution(this.distribution, event);
    }
  }
}

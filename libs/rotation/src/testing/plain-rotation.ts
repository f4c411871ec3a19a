import type {
  MemberSettings,
  PassOverReason,
  RotationSettings,
  StrategyType,
  Turn,
  UserId,
} from '@lead-rotator/lead-events';
import { holds } from '../condition.ts';
import type { Distribution } from '../distribution.ts';
import { absenceOf, isAbsence, type TurnLead } from '../eligibility.ts';

/** A turn somebody has had, and whether it was given back to the caps. */
export interface PlainTurn {
  readonly at: number;
  refunded: boolean;
}

export interface PlainMember {
  readonly userId: UserId;
  settings: MemberSettings;
  paused: boolean;
  turns: PlainTurn[];
  lastTurn: number;
  owed: number;
  left: number;
  raised: number;
  raisedIn: string;
  credit: number;
  present: boolean;
}

export interface PlainReason {
  readonly member: PlainMember;
  readonly reason: PassOverReason | undefined;
}

export interface PlainChoice {
  readonly rotation: PlainRotation;
  readonly lead: TurnLead;
  readonly at: number;
  /** Of all members in list order, why they cannot be chosen. */
  readonly reasons: readonly PlainReason[];
}

/** Who was chosen, who was passed over (with those who were eligible, where they count), and what becomes of the rotation. */
export interface PlainChosen {
  readonly member: PlainMember;
  readonly passed: readonly PlainReason[];
  readonly record?: Partial<Turn>;
  serve(): void;
}

export type PlainStrategies = Partial<Record<StrategyType, (choice: PlainChoice) => PlainChosen | undefined>>;

/** What users have over all rotations. */
export class PlainLoads {
  readonly turns = new Map<UserId, PlainTurn[]>();
  readonly lastTurn = new Map<UserId, number>();
  readonly open = new Map<UserId, number>();
  turnsOfAll = 0;
}

/**
 * The rules of a turn, written down as plainly as possible: nothing is remembered that can be counted. Slow; the fast
 * implementation is compared with it.
 */
export class PlainRotation {
  list: PlainMember[] = [];
  line: PlainMember[] = [];
  extras: PlainMember[] = [];
  lastServed: UserId | undefined;
  turns = 0;
  draws = 0;
  settings: RotationSettings;
  private readonly former = new Map<UserId, PlainMember>();
  readonly distribution: Distribution;
  readonly loads: PlainLoads;
  private readonly strategies: PlainStrategies;

  /** `distribution` is asked for users, calendars and territories only. */
  constructor(settings: RotationSettings, distribution: Distribution, loads: PlainLoads, strategies: PlainStrategies) {
    this.strategies = strategies;
    this.settings = settings;
    this.distribution = distribution;
    this.loads = loads;
  }

  get strategy() {
    return this.settings.strategy ?? ({ type: 'round-robin' } as const);
  }

  add(userId: UserId, settings: MemberSettings, place: number): void {
    const { turns, lastTurn } = this.former.get(userId) ?? { turns: [], lastTurn: 0 };
    this.former.delete(userId);
    const member: PlainMember = {
      userId,
      settings,
      paused: settings.paused === true,
      turns,
      lastTurn,
      owed: 0,
      left: settings.leadsPerCycle ?? 1,
      raised: 0,
      raisedIn: '',
      credit: 0,
      present: false,
    };
    const before = this.list.at(place - 1);
    this.list.splice(place, 0, member);
    if (before === undefined || before.userId === this.lastServed) this.line.unshift(member);
    else this.line.splice(this.line.indexOf(before) + 1, 0, member);
  }

  remove(userId: UserId): void {
    const place = this.list.findIndex((member) => member.userId === userId);
    const [member] = this.list.splice(place, 1) as [PlainMember];
    this.line = this.line.filter((one) => one !== member);
    this.extras = this.extras.filter((one) => one !== member);
    if (this.lastServed === userId) this.lastServed = this.list.at(place - 1)?.userId;
    this.former.set(userId, member);
  }

  move(userId: UserId, place: number): void {
    const member = this.member(userId);
    this.list = this.list.filter((one) => one !== member);
    this.list.splice(place, 0, member);
    this.formLine();
  }

  change(settings: RotationSettings): void {
    const before = this.strategy.type;
    this.settings = settings;
    if (before === this.strategy.type) return;
    for (const member of this.list) {
      member.owed = 0;
      member.left = member.settings.leadsPerCycle ?? 1;
      member.present = false;
    }
    this.extras = [];
    this.formLine();
  }

  member(userId: UserId): PlainMember {
    return this.list.find((member) => member.userId === userId) as PlainMember;
  }

  /** The turn, as the event would have it; undefined: nobody is eligible. `serve` has the rotation move on. */
  take(lead: TurnLead, at: number): { userId: UserId; turn: Turn; serve: () => void } | undefined {
    const chosen = this.choose(lead, at, false) ?? (this.ignoresAbsence ? this.choose(lead, at, true) : undefined);
    if (chosen === undefined) return undefined;
    const { member, passed, record, serve } = chosen;
    const { userId } = member;
    const turn = { number: this.turns + 1, strategy: this.strategy.type, ...named(passed), ...record };
    return { userId, turn, serve: () => this.serve(member, turn, at, serve) };
  }

  private get ignoresAbsence(): boolean {
    return this.settings.whenNobody === 'ignore-availability';
  }

  private choose(lead: TurnLead, at: number, ignoreAbsence: boolean): PlainChosen | undefined {
    const reasons = this.list.map((member) => ({ member, reason: this.reason(member, lead, at, ignoreAbsence) }));
    return this.strategies[this.strategy.type]?.({ rotation: this, lead, at, reasons });
  }

  private serve(member: PlainMember, turn: Turn, at: number, serve: () => void): void {
    serve();
    this.turns += 1;
    this.draws = turn.draw ?? this.draws;
    if (turn.extra !== true) this.lastServed = member.userId;
    member.lastTurn = this.turns;
    const taken = { at, refunded: false };
    member.turns.push(taken);
    this.loads.turnsOfAll += 1;
    this.loads.lastTurn.set(member.userId, this.loads.turnsOfAll);
    this.loads.turns.set(member.userId, [...(this.loads.turns.get(member.userId) ?? []), taken]);
  }

  private formLine(): void {
    const behind = this.list.findIndex((member) => member.userId === this.lastServed) + 1;
    this.line = [...this.list.slice(behind), ...this.list.slice(0, behind)];
  }

  private reason(member: PlainMember, lead: TurnLead, at: number, ignoreAbsence: boolean): PassOverReason | undefined {
    const user = this.distribution.users.get(member.userId);
    if (user === undefined || !user.active) return 'inactive';
    const absence = member.paused ? 'paused' : absenceOf(this.distribution, user, at);
    if (absence !== undefined && !ignoreAbsence) return absence;
    const { filter } = member.settings;
    if (filter !== undefined && !holds(this.distribution, filter, lead.facts, user)) return 'filtered';
    for (const [cap, unit] of units) {
      const own = member.settings.caps?.[cap] ?? this.settings.caps?.[cap] ?? 0;
      const here = this.countIn(unit, member.turns, this.settings.timeZone, at);
      const everywhere = this.countIn(unit, this.loads.turns.get(user.id) ?? [], user.timeZone, at);
      if (own > 0 && here >= own) return `capped-${cap}`;
      if ((user.caps[cap] ?? 0) > 0 && everywhere >= (user.caps[cap] ?? 0)) return `capped-${cap}`;
    }
    if (user.maxOpen > 0 && (this.loads.open.get(user.id) ?? 0) >= user.maxOpen) return 'at-capacity';
    if (lead.declined.includes(user.id)) return 'declined';
    return lead.had.includes(user.id) ? 'had-it' : undefined;
  }

  private countIn(unit: Unit, turns: readonly PlainTurn[], timeZone: string | undefined, at: number): number {
    const zone = this.distribution.zone(timeZone).name;
    return turns.filter((turn) => !turn.refunded && windowOf(unit, turn.at, zone) === windowOf(unit, at, zone)).length;
  }
}

const units = [
  ['hourly', 'hour'],
  ['daily', 'day'],
  ['weekly', 'week'],
  ['monthly', 'month'],
] as const;

export type Unit = (typeof units)[number][1];

/** A name for the window in which an instant lies; hours count from the first instant that shows their number. */
export function windowOf(unit: Unit, at: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  if (unit === 'hour') return `${local.toPlainDate()} ${local.hour} ${local.offset}`;
  if (unit === 'day') return local.toPlainDate().toString();
  return unit === 'week' ? `${local.yearOfWeek} ${local.weekOfYear}` : `${local.year} ${local.month}`;
}

/** Fifty by name, and the reasons of the others as runs. */
function named(passed: readonly PlainReason[]): Pick<Turn, 'passedOver' | 'more' | 'further'> {
  const over = passed.filter(({ reason }) => reason !== undefined);
  const passedOver = over.slice(0, 50).map(({ member, reason }) => ({
    userId: member.userId,
    reason: reason as PassOverReason,
  }));
  if (over.length <= 50) return { passedOver };
  const further: { reason: PassOverReason | 'eligible'; count: number }[] = [];
  for (const { reason = 'eligible' } of passed.slice(passed.indexOf(over[49] as PlainReason) + 1)) {
    const last = further.at(-1);
    if (last?.reason === reason) last.count += 1;
    else further.push({ reason, count: 1 });
  }
  return { passedOver, more: over.length - 50, further };
}

export const isPresent = (reason: string | undefined): boolean => reason === undefined || !isAbsence(reason);

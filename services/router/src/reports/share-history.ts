import type { Position } from '@lead-rotator/event-sourcing';
import type {
  EventOfType,
  LeadRotatorEvent,
  MemberSettings,
  RecordedLeadEvent,
  RotationId,
  StrategyType,
  UserId,
} from '@lead-rotator/lead-events';
import { dueWeight } from '../rotations/due-weight.ts';

/** The events by which members are due another share of the leads. */
export const shareEventTypes = [
  'RotationCreated',
  'StrategyChanged',
  'MemberAdded',
  'MemberSettingsChanged',
  'MemberRemoved',
  'MemberPaused',
  'MemberResumed',
  'UserDeactivated',
  'UserActivated',
] as const satisfies readonly LeadRotatorEvent['type'][];

type ShareEvent = EventOfType<(typeof shareEventTypes)[number]> & Pick<RecordedLeadEvent, 'position'>;

/** Which share of a rotation's turns each member was due, at every position of the log. */
export class ShareHistory {
  readonly rotations = new Map<RotationId, RotationShares>();
  readonly #inactive = new Set<UserId>();

  evolve(event: ShareEvent): void {
    const { position } = event;
    switch (event.type) {
      case 'RotationCreated':
        this.rotations.set(event.data.rotationId, new RotationShares(event.data.settings.strategy?.type));
        return;
      case 'UserDeactivated':
      case 'UserActivated':
        if (event.type === 'UserDeactivated') this.#inactive.add(event.data.userId);
        else this.#inactive.delete(event.data.userId);
        for (const rotation of this.rotations.values()) {
          rotation.change(event.data.userId, { inactive: event.type === 'UserDeactivated' }, position);
        }
        return;
      case 'StrategyChanged':
        this.rotations.get(event.data.rotationId)?.follow(event.data.strategy.type, position);
        return;
      default:
        this.#evolveMember(event);
    }
  }

  #evolveMember(event: Extract<ShareEvent, { type: `Member${string}` }>): void {
    const { position } = event;
    const { rotationId, userId } = event.data;
    const rotation = this.rotations.get(rotationId);
    if (event.type === 'MemberAdded') {
      const { settings } = event.data;
      const inactive = this.#inactive.has(userId);
      rotation?.add(userId, { settings, paused: settings.paused === true, inactive }, position);
    } else if (event.type === 'MemberRemoved') rotation?.remove(userId, position);
    else if (event.type === 'MemberSettingsChanged')
      rotation?.change(userId, { settings: event.data.settings }, position);
    else rotation?.change(userId, { paused: event.type === 'MemberPaused' }, position);
  }
}

interface SharingMember {
  readonly settings: MemberSettings;
  readonly paused: boolean;
  readonly inactive: boolean;
}

interface Weight {
  /** Number of the period from which on it counts. */
  readonly from: number;
  readonly weight: number;
}

/** The shares of one rotation. A period is the time between two changes; the first has the number 1. */
class RotationShares {
  /** Where each period begins. */
  readonly starts: Position[] = [];
  readonly #totals: number[] = [];
  readonly #weights = new Map<UserId, Weight[]>();
  readonly #members = new Map<UserId, SharingMember>();
  #total = 0;

  constructor(private strategy: StrategyType | undefined) {}

  add(userId: UserId, member: SharingMember, position: Position): void {
    this.#members.set(userId, member);
    this.#weigh([userId], position);
  }

  change(userId: UserId, change: Partial<SharingMember>, position: Position): void {
    const member = this.#members.get(userId);
    if (member === undefined) return;
    this.#members.set(userId, { ...member, ...change });
    this.#weigh([userId], position);
  }

  remove(userId: UserId, position: Position): void {
    this.#members.delete(userId);
    this.#weigh([userId], position);
  }

  follow(strategy: StrategyType, position: Position): void {
    this.strategy = strategy;
    this.#weigh([...this.#members.keys()], position);
  }

  /** What each member is due of a turn in a period; together 1, or 0 if nobody took part. */
  *sharesIn(period: number): Generator<readonly [userId: UserId, share: number]> {
    const total = this.#totals[period - 1] ?? 0;
    if (total === 0) return;
    for (const [userId, weights] of this.#weights) {
      const weight = weights.findLast(({ from }) => from <= period)?.weight ?? 0;
      if (weight > 0) yield [userId, weight / total];
    }
  }

  #weigh(userIds: readonly UserId[], position: Position): void {
    const period = this.starts.length + 1;
    for (const userId of userIds) {
      const weights = this.#weights.get(userId) ?? [];
      const weight = this.#weightOf(this.#members.get(userId));
      this.#total += weight - (weights.at(-1)?.weight ?? 0);
      weights.push({ from: period, weight });
      this.#weights.set(userId, weights);
    }
    this.starts.push(position);
    this.#totals.push(this.#total);
  }

  #weightOf(member: SharingMember | undefined): number {
    if (member === undefined || member.paused || member.inactive) return 0;
    return dueWeight(this.strategy, member.settings);
  }
}

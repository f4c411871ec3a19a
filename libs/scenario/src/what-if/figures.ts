import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadId, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';

/** What a user had of the leads of a period. */
export interface UserFigures {
  /** Leads by a turn, reassignments to them included. */
  readonly turns: number;
  /** Part of all turns, from 0 to 1. */
  readonly share: number;
  /** Leads that they have at the end, of those that came in. */
  readonly owns: number;
  readonly claims: number;
  readonly misses: number;
  /** Median time from getting a lead to claiming it, in milliseconds; null without claims. */
  readonly medianToClaim: number | null;
}

/** What became of the leads of a period. */
export interface Figures extends Omit<UserFigures, 'owns' | 'share'> {
  readonly leads: number;
  /** Leads that nobody has at the end. */
  readonly unowned: number;
  readonly reassignments: number;
  readonly users: Readonly<Record<UserId, UserFigures>>;
  /** Turns of each member, by rotation. */
  readonly rotations: Readonly<Record<RotationId, Readonly<Record<UserId, number>>>>;
}

class Count {
  turns = 0;
  misses = 0;
  readonly waits: number[] = [];
}

/** Counts what happens in a period, as it was recorded or as it would have been. */
export class FigureCount {
  /** Of the leads that came in, who has them. */
  readonly owners = new Map<LeadId, UserId | null>();
  readonly #since = new Map<LeadId, EpochMilliseconds>();
  readonly #byUser = new Map<UserId, Count>();
  readonly #byRotation = new Map<RotationId, Map<UserId, number>>();
  #reassignments = 0;

  take(event: LeadRotatorEvent): void {
    switch (event.type) {
      case 'LeadCaptured':
        this.owners.set(event.data.leadId, null);
        return;
      case 'LeadReassigned':
        this.#reassignments += 1;
        this.#give(event.data);
        return;
      case 'LeadAssigned':
      case 'LeadHandedOver':
      case 'LeadPickedUp':
        this.#give(event.data);
        return;
      case 'LeadTakenAway':
      case 'LeadOffered':
        if (this.owners.has(event.data.leadId)) this.owners.set(event.data.leadId, null);
        return;
      case 'ClaimMissed':
        this.#of(event.data.ownerId).misses += 1;
        return;
      case 'LeadClaimed': {
        const since = this.#since.get(event.data.leadId);
        if (since !== undefined) this.#of(event.data.ownerId).waits.push(Date.parse(event.data.at) - since);
        this.#since.delete(event.data.leadId);
      }
    }
  }

  figures(): Figures {
    const counts = [...this.#byUser.values()];
    const turns = sum(counts.map((count) => count.turns));
    const owns = Map.groupBy([...this.owners.values()], (ownerId) => ownerId);
    const users = [...new Set([...this.#byUser.keys(), ...[...owns.keys()].filter((id) => id !== null)])].sort();
    return {
      leads: this.owners.size,
      unowned: owns.get(null)?.length ?? 0,
      turns,
      reassignments: this.#reassignments,
      claims: sum(counts.map(({ waits }) => waits.length)),
      misses: sum(counts.map(({ misses }) => misses)),
      medianToClaim: median(counts.flatMap(({ waits }) => waits)),
      users: Object.fromEntries(
        users.map((userId) => {
          const { turns: own, misses, waits } = this.#of(userId);
          const share = turns === 0 ? 0 : own / turns;
          const figures = { turns: own, share, owns: owns.get(userId)?.length ?? 0, claims: waits.length, misses };
          return [userId, { ...figures, medianToClaim: median(waits) }];
        }),
      ),
      rotations: Object.fromEntries([...this.#byRotation].map(([id, members]) => [id, Object.fromEntries(members)])),
    };
  }

  #give(data: { leadId: LeadId; ownerId: UserId; rotationId?: RotationId; turn?: object; at: string }): void {
    const { leadId, ownerId, rotationId, turn, at } = data;
    if (this.owners.has(leadId)) this.owners.set(leadId, ownerId);
    this.#since.set(leadId, Date.parse(at));
    if (turn === undefined || rotationId === undefined) return;
    this.#of(ownerId).turns += 1;
    const members = this.#byRotation.get(rotationId) ?? new Map<UserId, number>();
    this.#byRotation.set(rotationId, members);
    members.set(ownerId, (members.get(ownerId) ?? 0) + 1);
  }

  #of(userId: UserId): Count {
    const known = this.#byUser.get(userId) ?? new Count();
    this.#byUser.set(userId, known);
    return known;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The middle one, or the mean of the two in the middle. */
function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

import { BrokerError } from './broker-error.ts';

/** Partitions by topic, as kafkajs hands them out. */
export type Assignment = Record<string, number[]>;

/** What a member is told when it joins, or learns that others have. */
export interface Joined {
  readonly memberId: string;
  readonly generation: number;
  readonly assignment: Assignment;
  /** Where the group stands on each, by `topic/partition`; absent: at its beginning. */
  readonly offsets: ReadonlyMap<string, bigint>;
}

interface Member {
  readonly topics: readonly string[];
  readonly session: number;
  lastSign: number;
}

/**
 * A consumer group at its coordinator. Partitions are dealt out anew at once when a member comes or goes, and go round
 * with each generation; Kafka waits for the old owners first, for a while. So old owners go on working here more often
 * than there, until their next heartbeat tells them.
 */
export class SimulatedGroup {
  readonly offsets = new Map<string, bigint>();
  /** What was kept beside each offset. */
  readonly metadata = new Map<string, string>();
  readonly #now: () => number;
  readonly #partitions: (topic: string) => number;
  readonly #members = new Map<string, Member>();
  #generation = 0;
  #named = 0;

  constructor(now: () => number, partitions: (topic: string) => number) {
    this.#now = now;
    this.#partitions = partitions;
  }

  join(topics: readonly string[], session: number): Joined {
    this.#expire();
    const memberId = `member-${++this.#named}`;
    this.#members.set(memberId, { topics, session, lastSign: this.#now() });
    this.#generation += 1;
    return this.#told(memberId);
  }

  /** @throws BrokerError `UNKNOWN_MEMBER_ID` for one that was silent for too long: it has to join again. */
  sync(memberId: string): Joined {
    this.#seen(memberId);
    return this.#told(memberId);
  }

  /** @throws BrokerError `REBALANCE_IN_PROGRESS` when partitions were dealt out since, `UNKNOWN_MEMBER_ID` */
  heartbeat(memberId: string, generation: number): void {
    this.#seen(memberId);
    this.#expire();
    if (generation !== this.#generation) throw new BrokerError('REBALANCE_IN_PROGRESS');
  }

  /** The broker does not look whether the partitions are the member's. @throws BrokerError `ILLEGAL_GENERATION` */
  commit(memberId: string, generation: number, offsets: ReadonlyMap<string, bigint>, metadata: string): void {
    if (!this.#members.has(memberId)) throw new BrokerError('UNKNOWN_MEMBER_ID');
    if (generation !== this.#generation) throw new BrokerError('ILLEGAL_GENERATION');
    this.#seen(memberId);
    for (const [place, offset] of offsets) {
      this.offsets.set(place, offset);
      this.metadata.set(place, metadata);
    }
  }

  leave(memberId: string): void {
    if (this.#members.delete(memberId)) this.#generation += 1;
  }

  /** Deals the partitions out anew, as when a member was thought lost. */
  rebalance(): void {
    this.#generation += 1;
  }

  #seen(memberId: string): void {
    const member = this.#members.get(memberId);
    if (member === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
    member.lastSign = this.#now();
  }

  #expire(): void {
    for (const [memberId, { lastSign, session }] of this.#members) {
      if (this.#now() - lastSign > session) this.leave(memberId);
    }
  }

  #told(memberId: string): Joined {
    const members = [...this.#members.keys()];
    const topics = new Set([...this.#members.values()].flatMap((member) => member.topics));
    const assignment: Assignment = {};
    let dealt = this.#generation;
    for (const topic of topics) {
      for (let partition = 0; partition < this.#partitions(topic); partition += 1) {
        const owner = members[dealt++ % members.length];
        if (owner !== memberId) continue;
        assignment[topic] ??= [];
        assignment[topic].push(partition);
      }
    }
    return { memberId, generation: this.#generation, assignment, offsets: new Map(this.offsets) };
  }
}

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { EventOfType, RecordedLeadEvent, RotationId } from '@lead-rotator/lead-events';
import { eligibleNow, type Member, type Rotation } from '@lead-rotator/rotation';
import { namesIn } from '../explain/names.ts';
import type { Recall } from '../leads/lead-book.ts';
import { OrganizationStand } from '../leads/organization-stand.ts';
import { looksAtPerson } from '../personal-data.ts';
import type { JudgedTurn } from './judged-turn.ts';
import { promises } from './promises/registry.ts';
import type { RotationFairness } from './rotation-fairness.ts';
import { StrategyRun } from './strategy-run.ts';

export interface FairnessOptions {
  readonly from: EpochMilliseconds;
  /** Included. */
  readonly to: EpochMilliseconds;
  readonly recall?: (organizationId: RecordedLeadEvent['organizationId']) => Recall;
}

/**
 * Holds the turns of a period against the promises of their strategies. `pages`: all events of the log from the first
 * on, in order, with personal data in clear. Who could have had a lead is found anew; turns before the period count
 * for what is due in it.
 */
export async function reportFairness(
  pages: AsyncIterable<readonly RecordedLeadEvent[]>,
  { from, to, recall }: FairnessOptions,
): Promise<RotationFairness[]> {
  const organizations = new Map<string, Organization>();
  reading: for await (const events of pages) {
    for (const event of events) {
      if (event.at > to) break reading;
      const { organizationId } = event;
      let organization = organizations.get(organizationId);
      if (organization === undefined) {
        organization = new Organization(organizationId, recall?.(organizationId));
        organizations.set(organizationId, organization);
      }
      await organization.take(event, event.at >= from);
    }
  }
  return [...organizations.values()].flatMap((organization) => organization.report());
}

type TurnEvent = RecordedLeadEvent & EventOfType<'LeadAssigned' | 'LeadReassigned'>;

/** After these what was counted of a rotation says nothing any more. */
const changing: ReadonlySet<string> = new Set(['MemberMoved', 'MemberRemoved', 'MemberAdded', 'StrategyChanged']);

class Organization {
  readonly #stand: OrganizationStand;
  /** By rotation and strategy. */
  readonly #runs = new Map<string, StrategyRun>();

  constructor(
    private readonly organizationId: string,
    recall: Recall | undefined,
  ) {
    this.#stand = new OrganizationStand(recall);
  }

  async take(event: RecordedLeadEvent, isWanted: boolean): Promise<void> {
    if (isTurn(event)) await this.#see(event, isWanted);
    if (changing.has(event.type) && 'rotationId' in event.data) this.#change(event, event.data.rotationId);
    await this.#stand.evolve(event);
    this.#stand.leads.letGo();
  }

  report(): RotationFairness[] {
    const { distribution } = this.#stand;
    const names = namesIn(distribution);
    return [...this.#runs.values()].flatMap((run) => {
      if (run.turns === 0) return [];
      const { rotationId, strategy } = run;
      return [
        {
          organizationId: this.organizationId,
          rotationId,
          called: names.rotation(rotationId),
          strategy,
          promise: promises[strategy].words,
          ...run.figures(names.user),
        },
      ];
    });
  }

  /** A strategy that takes the place of another begins with nothing. */
  #change(event: RecordedLeadEvent, rotationId: string | undefined): void {
    const before = this.#stand.distribution.rotations.get(rotationId as RotationId)?.strategy.type;
    const begins = event.type === 'StrategyChanged' && event.data.strategy.type !== before;
    for (const run of this.#runs.values()) {
      if (run.rotationId !== rotationId) continue;
      if (begins) run.begin();
      else run.beginAnew();
    }
  }

  async #see(event: TurnEvent, isWanted: boolean): Promise<void> {
    const { rotationId, turn, ownerId } = event.data;
    const rotation = rotationId === undefined ? undefined : this.#stand.distribution.rotations.get(rotationId);
    const chosen = rotation?.member(ownerId);
    if (rotation === undefined || chosen === undefined || turn === undefined) return;
    const key = `${rotation.id} ${rotation.strategy.type}`;
    const run = this.#runs.get(key) ?? new StrategyRun(rotation);
    this.#runs.set(key, run);
    const eligible = await this.#eligibleFor(event, rotation);
    if (eligible === undefined || !eligible.includes(chosen)) return run.passUnjudged(turn, chosen, isWanted);
    const { position, at } = event;
    const judged: JudgedTurn = {
      position,
      at,
      distribution: this.#stand.distribution,
      rotation,
      chosen,
      eligible,
      turn,
    };
    run.see(judged, isWanted);
  }

  /** Undefined if nobody can know any more. */
  async #eligibleFor(event: TurnEvent, rotation: Rotation): Promise<readonly Member[] | undefined> {
    const scene = await this.#stand.sceneBefore(event);
    if (scene === undefined) return undefined;
    const { distribution, lead } = scene;
    const asksPerson = ({ settings: { filter } }: Member) =>
      filter !== undefined && looksAtPerson(filter, distribution.territories);
    if (this.#stand.leads.isErased(lead) && rotation.list.some(asksPerson)) return undefined;
    const { facts, declined, had } = lead;
    const { userIds } = eligibleNow(distribution, rotation, { facts, declined, had }, event.at);
    return userIds.flatMap((userId) => rotation.member(userId) ?? []);
  }
}

const isTurn = (event: RecordedLeadEvent): event is TurnEvent =>
  (event.type === 'LeadAssigned' || event.type === 'LeadReassigned') && event.data.turn !== undefined;

import type { EpochMilliseconds, Position } from '@lead-rotator/event-sourcing';
import type { LeadId, RecordedLeadEvent, UserId } from '@lead-rotator/lead-events';
import { Distribution, evolveDistribution, nextInLine, type Rotation } from '@lead-rotator/rotation';
import { namesIn } from '../explain/names.ts';

/** Up to where: a position, included; or a time, up to the first event that is later. */
export type StandAt = { readonly position: Position } | { readonly time: EpochMilliseconds };

export interface MemberStand {
  readonly userId: UserId;
  readonly called: string;
  readonly paused: boolean;
  /** Leads sent to them by this rotation. */
  readonly sent: number;
}

export interface RotationStand {
  readonly id: string;
  readonly called: string;
  readonly on: boolean;
  readonly strategy: string;
  /** How many turns there have been. */
  readonly turns: number;
  readonly lastServed: UserId | null;
  /** Whose turn it would be, for a lead without attributes. */
  readonly next: UserId | null;
  readonly members: readonly MemberStand[];
}

/** How an organization stood. */
export interface Stand {
  readonly organizationId: string;
  readonly rotations: readonly RotationStand[];
  /** Of the leads that were neither won nor lost, those with an owner. */
  readonly owners: Readonly<Record<LeadId, UserId>>;
}

/** Rotations and owners as they were then. Memory: the users, rotations and open leads. */
export async function standAt(
  pages: AsyncIterable<readonly RecordedLeadEvent[]>,
  at: StandAt,
): Promise<{ readonly position: Position; readonly at: EpochMilliseconds; readonly organizations: readonly Stand[] }> {
  const stands = new Map<string, { distribution: Distribution; owners: Map<LeadId, UserId> }>();
  const reached = { position: 0, at: 'time' in at ? at.time : 0 };
  reading: for await (const events of pages) {
    for (const event of events) {
      if ('time' in at ? event.at > at.time : event.position > at.position) break reading;
      const known = stands.get(event.organizationId);
      const stand = known ?? { distribution: new Distribution(), owners: new Map<LeadId, UserId>() };
      stands.set(event.organizationId, stand);
      evolveDistribution(stand.distribution, event);
      evolveOwners(stand.owners, event);
      reached.position = event.position;
      if ('position' in at) reached.at = event.at;
    }
  }
  const organizations = [...stands].map(([organizationId, { distribution, owners }]) => ({
    organizationId,
    rotations: rotationsOf(distribution, reached.at),
    owners: Object.fromEntries(owners),
  }));
  return { ...reached, organizations };
}

function evolveOwners(owners: Map<LeadId, UserId>, { type, data }: RecordedLeadEvent): void {
  switch (type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp':
      owners.set(data.leadId, data.ownerId);
      return;
    case 'LeadTakenAway':
    case 'LeadOffered':
    case 'LeadWon':
    case 'LeadLost':
      owners.delete(data.leadId);
  }
}

function rotationsOf(distribution: Distribution, at: EpochMilliseconds): RotationStand[] {
  const names = namesIn(distribution);
  const rotations = distribution.rotationIds.flatMap(
    (id): Rotation | Rotation[] => distribution.rotations.get(id) ?? [],
  );
  return rotations.map(({ id, on, strategy, turns, lastServed, list }) => ({
    id,
    called: names.rotation(id),
    on,
    strategy: strategy.type,
    turns,
    lastServed: lastServed ?? null,
    next: nextInLine(distribution, id, at) ?? null,
    members: list.map(({ userId, paused, counts }) => ({
      userId,
      called: names.user(userId),
      paused,
      sent: counts.total,
    })),
  }));
}

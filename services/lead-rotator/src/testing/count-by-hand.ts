import type { LeadRotatorEvent } from '@lead-rotator/lead-events';

export const columns = ['member', 'rotation', 'source', 'month'] as const;
export type Column = (typeof columns)[number];

/** One time that somebody got a lead. */
interface Received {
  readonly key: Readonly<Record<Column, string | null>>;
  readonly at: number;
  /** Of a turn: what each member was due of it. */
  readonly due: ReadonlyMap<string, number> | undefined;
  claimedAt?: number;
  missed?: true;
  outcome?: 'won' | 'lost';
}

interface Counted extends Partial<Record<Column, string | null>> {
  readonly received: number;
}

/** The report of docs/reference/reports.md, counted event by event, in no way as the service does it. */
export function countByHand(events: readonly LeadRotatorEvent[], zone: string, by: readonly Column[]): Counted[] {
  const all = everythingReceived(events, zone);
  const groupOf = ({ key }: Received, member: string | null = key.member) =>
    JSON.stringify(by.map((column) => (column === 'member' ? member : key[column])));
  const groups = new Set(all.map((one) => groupOf(one)));
  if (by.includes('member')) {
    for (const one of all) for (const member of one.due?.keys() ?? []) groups.add(groupOf(one, member));
  }
  const sorted = [...groups].map((text) => JSON.parse(text) as (string | null)[]).sort(compare);
  return sorted.map((values) => {
    const group = Object.fromEntries(by.map((column, index) => [column, values[index]]));
    const own = all.filter((one) => groupOf(one) === JSON.stringify(values));
    const turns = all.filter(
      (one) => one.due !== undefined && groupOf(one, values[by.indexOf('member')]) === JSON.stringify(values),
    );
    return { ...group, ...figures(own), ...(by.includes('member') ? shares(own, turns, group.member as string) : {}) };
  });
}

function figures(own: readonly Received[]) {
  const times = own
    .flatMap(({ at, claimedAt }) => (claimedAt === undefined ? [] : [(claimedAt - at) / 1_000]))
    .sort((one, other) => one - other);
  const [low, high] = [times[Math.ceil(times.length / 2) - 1], times[Math.floor(times.length / 2)]];
  const [won, lost] = (['won', 'lost'] as const).map(
    (outcome) => own.filter((one) => one.outcome === outcome).length,
  ) as [number, number];
  return {
    received: own.length,
    turns: own.filter(({ due }) => due !== undefined).length,
    claimed: times.length,
    missed: own.filter(({ missed }) => missed).length,
    medianSecondsToClaim: low === undefined || high === undefined ? null : four((low + high) / 2),
    won,
    lost,
    closeRate: won + lost === 0 ? null : four(won / (won + lost)),
  };
}

/** `turns`: those of everybody which the member might have had. */
function shares(own: readonly Received[], turns: readonly Received[], member: string) {
  if (turns.length === 0) return { shareReceived: null, shareDue: null };
  const due = turns.reduce((sum, one) => sum + (one.due?.get(member) ?? 0), 0);
  return {
    shareReceived: four(own.filter((one) => one.due !== undefined).length / turns.length),
    shareDue: four(due / turns.length),
  };
}

const four = (value: number): number => Number(value.toFixed(4));

function compare(one: readonly (string | null)[], other: readonly (string | null)[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  if (at < 0) return 0;
  return (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}

function everythingReceived(events: readonly LeadRotatorEvent[], zone: string): Received[] {
  const all: Received[] = [];
  const present = new Map<string, Received>();
  const sources = new Map<string, string>();
  const rotations = new Rotations();
  for (const event of events) {
    const { type, data } = event;
    const at = Date.parse(data.at);
    if (type === 'LeadCaptured') sources.set(data.leadId, data.source);
    else if (
      type === 'LeadAssigned' ||
      type === 'LeadReassigned' ||
      type === 'LeadHandedOver' ||
      type === 'LeadPickedUp'
    ) {
      const rotation = 'rotationId' in data ? (data.rotationId ?? null) : null;
      const isTurn = 'turn' in data && data.turn !== undefined;
      const month = Temporal.Instant.from(data.at).toZonedDateTimeISO(zone).toPlainDate().toString().slice(0, 7);
      const key = { member: data.ownerId, rotation, source: sources.get(data.leadId) ?? null, month };
      const received = { key, at, due: isTurn ? rotations.due(rotation ?? '') : undefined };
      all.push(received);
      present.set(data.leadId, received);
    } else if (type === 'LeadTakenAway') present.delete(data.leadId);
    else if ('leadId' in data) happen(present.get(data.leadId ?? ''), type, at);
    rotations.evolve(event);
  }
  return all;
}

function happen(received: Received | undefined, type: LeadRotatorEvent['type'], at: number): void {
  if (received === undefined) return;
  if (type === 'LeadClaimed') received.claimedAt = at;
  if (type === 'ClaimMissed') received.missed = true;
  if (type === 'LeadWon') received.outcome = 'won';
  if (type === 'LeadLost') received.outcome = 'lost';
}

/** Who takes part in which rotation, with which weight: all of strategy `weighted` or of equal shares. */
class Rotations {
  readonly #members = new Map<string, Map<string, { weight: number; paused: boolean }>>();
  readonly #weighted = new Set<string>();
  readonly #inactive = new Set<string>();

  due(rotation: string): Map<string, number> {
    const parts = [...(this.#members.get(rotation) ?? [])].filter(
      ([id, { paused }]) => !paused && !this.#inactive.has(id),
    );
    const weightOf = ({ weight }: { weight: number }) => (this.#weighted.has(rotation) ? weight : 1);
    const total = parts.reduce((sum, [, member]) => sum + weightOf(member), 0);
    return new Map(parts.map(([id, member]) => [id, weightOf(member) / total]));
  }

  evolve({ type, data }: LeadRotatorEvent): void {
    if (type === 'RotationCreated') {
      this.#members.set(data.rotationId, new Map());
      if (data.settings.strategy?.type === 'weighted') this.#weighted.add(data.rotationId);
    }
    if (type === 'MemberAdded')
      this.#members.get(data.rotationId)?.set(data.userId, { weight: data.settings.weight ?? 1, paused: false });
    if (type === 'MemberRemoved') this.#members.get(data.rotationId)?.delete(data.userId);
    if (type === 'MemberPaused' || type === 'MemberResumed') {
      const member = this.#members.get(data.rotationId)?.get(data.userId);
      if (member !== undefined) member.paused = type === 'MemberPaused';
    }
    if (type === 'UserDeactivated') this.#inactive.add(data.userId);
    if (type === 'UserActivated') this.#inactive.delete(data.userId);
  }
}

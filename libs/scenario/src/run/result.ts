import { type LeadState, noticeOf } from '@lead-rotator/claim';
import type { LeadId, LeadRotatorEvent, Notice, PassedOver } from '@lead-rotator/lead-events';
import { nextInLine } from '@lead-rotator/rotation';
import { isoSecond } from '../file/read-expect.ts';
import type { Simulation } from './simulation.ts';

/** Everything that can be expected, of all leads, rotations and users. */
export interface ScenarioResult {
  readonly owners: Record<string, string | null>;
  readonly order: Record<string, string[]>;
  readonly sent: Record<string, Record<string, number>>;
  readonly next: Record<string, string | null>;
  readonly history: Record<string, string[]>;
  readonly claimed: string[];
  readonly open: Record<string, number>;
  readonly waiting: string[];
  readonly reassignedAt: Record<string, string>;
  readonly due: Record<string, string>;
  readonly skipped: Record<string, Record<string, string>>;
  readonly notices: Record<string, Notice[]>;
}

/** What has come out when the clock stands still. */
export function resultOf({ world, now }: Simulation): ScenarioResult {
  const { distribution } = world;
  const leads = [...world.leads.values()];
  const ids = (wanted: (lead: LeadState) => boolean): string[] => leads.filter(wanted).map((lead) => lead.facts.leadId);
  const perLead = <Value>(value: (lead: LeadState) => Value): Record<string, Value> =>
    Object.fromEntries(leads.map((lead) => [lead.facts.leadId, value(lead)]));
  const rotations = distribution.rotationIds.flatMap((id) => distribution.rotations.get(id) ?? []);
  const seen = lookThrough(world.events);
  return {
    owners: perLead((lead) => lead.ownerId ?? null),
    order: Object.fromEntries(rotations.map(({ id }) => [id, seen.order.get(id) ?? []])),
    sent: Object.fromEntries(
      rotations.map((rotation) => [
        rotation.id,
        Object.fromEntries(rotation.everMembers().map((userId) => [userId, rotation.sentTo(userId)])),
      ]),
    ),
    next: Object.fromEntries(rotations.map(({ id }) => [id, nextInLine(distribution, id, now) ?? null])),
    history: perLead((lead) => lead.history),
    claimed: ids((lead) => lead.claimed),
    open: Object.fromEntries(distribution.roster.map((userId) => [userId, distribution.openOf(userId)])),
    waiting: ids((lead) => (lead.waitingIn ?? lead.pendingIn ?? lead.offer) !== undefined),
    reassignedAt: Object.fromEntries(seen.reassignedAt),
    due: Object.fromEntries(
      leads.flatMap(({ facts, due }) => (due === undefined ? [] : [[facts.leadId, isoSecond(due)]])),
    ),
    skipped: perLead((lead) =>
      Object.fromEntries((seen.passed.get(lead.facts.leadId) ?? []).map(({ userId, reason }) => [userId, reason])),
    ),
    notices: perLead((lead) => seen.notices.get(lead.facts.leadId) ?? []),
  };
}

type LeadEventData = Extract<LeadRotatorEvent, { data: { leadId?: LeadId } }>['data'];

/** One pass over all events; of what only the last of a lead counts, the last is put into words. */
function lookThrough(events: readonly LeadRotatorEvent[]) {
  const order = new Map<string, string[]>();
  const reassigned = new Map<string, string>();
  const passed = new Map<string, readonly PassedOver[]>();
  const notices = new Map<string, Notice[]>();
  for (const event of events) {
    const raised = noticeOf(event);
    if (raised !== undefined) listIn(notices, raised.leadId).push(raised.notice);
    const { data } = event;
    if (!('leadId' in data) || data.leadId === undefined) continue;
    const over = passedOverIn(data);
    if (over !== undefined) passed.set(data.leadId, over);
    if (event.type === 'LeadReassigned') reassigned.set(data.leadId, data.at);
    if ('turn' in data && data.turn !== undefined && data.rotationId !== undefined) {
      listIn(order, data.rotationId).push(data.ownerId);
    }
  }
  const reassignedAt = [...reassigned].map(([leadId, at]) => [leadId, isoSecond(Date.parse(at))] as const);
  return { order, notices, passed, reassignedAt };
}

function passedOverIn(data: LeadEventData): readonly PassedOver[] | undefined {
  if ('turn' in data && data.turn !== undefined) return data.turn.passedOver;
  return 'passedOver' in data ? data.passedOver : undefined;
}

function listIn<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: Item[] = [];
  lists.set(key, list);
  return list;
}

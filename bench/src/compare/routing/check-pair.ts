import type { EventBus } from '@lead-rotator/event-bus';
import { IsNull } from 'typeorm';
import { LeadEntity } from '../pair/lead.entity.ts';
import type { LeadAssigned } from '../pair/lead-events.ts';
import { pairDatabase } from '../pair/pair-database.ts';
import type { PairTopics } from '../pair/pair-topics.ts';

/**
 * How often each thing is found that should not be:
 * - `without-owner`: leads that are stored and belong to nobody
 * - `untold`: leads with an owner of which the topic does not tell
 * - `repeated`: messages that tell again, in the same bytes, who has a lead
 * - `contradicted`: messages that tell of a lead something else than the one before: another turn, mostly another owner
 * - `out-of-turn`: leads, in the order of turns, whose owner is not the member behind the owner before
 */
export type PairFindings = Readonly<
  Record<'without-owner' | 'untold' | 'repeated' | 'contradicted' | 'out-of-turn', number>
>;

/** Counts over the pair's table and topic of assignments, when nothing is under way. */
export async function checkPair(
  databaseUrl: string,
  bus: EventBus,
  topics: PairTopics,
  members: readonly string[],
): Promise<PairFindings> {
  const told = new Map<string, string>();
  let [repeated, contradicted] = [0, 0];
  for await (const { value } of bus.readTopic(topics.assigned)) {
    const text = value?.toString() ?? '';
    const { leadId } = JSON.parse(text) as LeadAssigned;
    const before = told.get(leadId);
    if (before === text) repeated += 1;
    else if (before !== undefined) contradicted += 1;
    told.set(leadId, text);
  }
  const database = await pairDatabase(databaseUrl).initialize();
  try {
    const withoutOwner = await database.manager.countBy(LeadEntity, { ownerId: IsNull() });
    const query = database.manager.createQueryBuilder(LeadEntity, 'lead').select(['lead.id', 'lead.ownerId']);
    const owned = await query.where('lead.ownerId is not null').orderBy('lead.turn').getMany();
    const untold = owned.filter(({ id }) => !told.has(id)).length;
    const places = owned.map(({ ownerId }) => members.indexOf(ownerId ?? ''));
    const outOfTurn = places.filter((place, at) => place !== ((places[at - 1] ?? -1) + 1) % members.length).length;
    return { 'without-owner': withoutOwner, untold, repeated, contradicted, 'out-of-turn': outOfTurn };
  } finally {
    await database.destroy();
  }
}

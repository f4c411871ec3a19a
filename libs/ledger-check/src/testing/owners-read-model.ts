import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { DifferentRow } from '@lead-rotator/read-models';
import type { ReadModelCheck } from '../read-models/read-model-check.ts';

export type OwnersOfLeads = ReadonlyMap<string, string>;

/** Who owns which lead, in memory, with stored rows that are given. */
export function ownersReadModel(position: Position, stored: OwnersOfLeads, logId = 'log-1'): ReadModelCheck {
  return {
    name: 'owners',
    async open() {
      const replayed = new Map<string, string>();
      return {
        logId,
        position,
        replay: async (events) => ownersOf(events, replayed),
        compare: async () => ({ rows: stored.size, different: differences(stored, replayed) }),
        close: async () => {},
      };
    },
  };
}

export function ownersOf(events: readonly RecordedEvent[], owners = new Map<string, string>()): void {
  for (const { data } of events as readonly { data: { leadId?: string; ownerId?: string } }[]) {
    if (data.leadId !== undefined && data.ownerId !== undefined) owners.set(data.leadId, data.ownerId);
  }
}

function differences(stored: OwnersOfLeads, replayed: OwnersOfLeads): DifferentRow[] {
  const rows = [...new Set([...stored.keys(), ...replayed.keys()])];
  return rows.flatMap((row): DifferentRow[] => {
    if (!stored.has(row)) return [{ row, how: 'missing' }];
    if (!replayed.has(row)) return [{ row, how: 'not in the replay' }];
    return stored.get(row) === replayed.get(row) ? [] : [{ row, how: 'another content' }];
  });
}

import type { Position } from '@lead-rotator/event-sourcing';
import type { ReadModelCheck, ReadModelRow } from '../read-model-check.ts';

/** A read model of who owns which lead, whose stored rows are given. */
export function ownersReadModel(position: Position, stored: readonly ReadModelRow[]): ReadModelCheck {
  return {
    name: 'owners',
    openStored: async () => ({
      position,
      async *rows() {
        yield* stored;
      },
      async close() {},
    }),
    replay: () => replayOwners(),
  };
}

/** The same rows from the log. */
export function replayOwners(): ReturnType<ReadModelCheck['replay']> {
  const owners = new Map<string, string>();
  return {
    see({ data }) {
      if ('leadId' in data && 'ownerId' in data) owners.set(data.leadId as string, data.ownerId as string);
    },
    rows: () => owners,
  };
}

import type { EventLog } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import { InvalidRequest } from '@lead-rotator/service-host';
import { Type } from 'typebox';

export const restoreRequest = Type.Object(
  { position: Type.Integer({ minimum: 1, description: 'of a change in its history: as it was after that' }) },
  { additionalProperties: false, examples: [{ position: 4211 }] },
);

/** Nothing has been yet what it will be: a slip in the position must not look like a restore. @throws InvalidRequest */
export async function requirePast(log: EventLog, position: Position): Promise<void> {
  const head = await log.head();
  if (position <= head) return;
  throw new InvalidRequest([{ path: '/position', message: `is in the future: the log stands at ${head}` }]);
}

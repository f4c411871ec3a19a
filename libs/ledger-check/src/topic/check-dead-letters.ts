import { listDeadLetters } from '@lead-rotator/event-bus';
import type { ReportWarning } from '../fault.ts';
import type { ReadableBus } from './topics-to-check.ts';

/** Says how many messages of a topic lie on its dead-letter topic and were not sent in again. */
export async function checkDeadLetters(bus: ReadableBus, topic: string, warn: ReportWarning): Promise<void> {
  const letters = await listDeadLetters(bus, topic);
  if (letters.length > 0) warn('dead-letter', { topic }, { messages: letters.length });
}

import type { ReportWarning } from '../fault.ts';
import type { ReadableBus } from './topics-to-check.ts';

/** Says how many messages lie on a dead-letter topic. Reading them is for `lead-rotator dead-letters`. */
export async function checkDeadLetters(bus: ReadableBus, topic: string, warn: ReportWarning): Promise<number> {
  let messages = 0;
  for await (const _ of bus.readTopic(topic)) messages += 1;
  if (messages > 0) warn('dead-letter', { topic }, { messages });
  return messages;
}

import { deadLetterTopic, type EventBus, republish } from '@lead-rotator/event-bus';
import { allTopics } from '@lead-rotator/service-host';
import type { Command } from 'commander';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';

export function addRepublish(program: Command): void {
  program
    .command('republish')
    .description('write the whole log to a topic of its own, for a new consumer or after a topic was lost')
    .requiredOption('--to <topic>', 'the topic: it exists, is empty, and is not one that the services use')
    .action(({ to }: { readonly to: string }) => withOperatorTools('republish', (tools) => run(tools, to)));
}

async function run({ settings, log, openBus }: OperatorTools, to: string): Promise<void> {
  if (allTopics.some((topic) => [topic, deadLetterTopic(topic)].includes(to))) {
    throw new Error(`${to} is in use: choose a topic of its own`);
  }
  if (settings.kafkaBrokers === undefined) {
    throw new Error('without KAFKA_BROKERS there is no topic to write to: the local bus reads the log itself');
  }
  const bus = openBus();
  const ends = await endsOf(bus, to);
  if (ends.some((end) => end > 0n)) throw new Error(`${to} is not empty: what was written before would be doubled`);
  const written = await republish(log, bus, to);
  console.log(`${written} events written to ${to}`);
}

/** @throws Error when there is no such topic. */
async function endsOf(bus: EventBus, topic: string): Promise<bigint[]> {
  try {
    return [...(await bus.endOffsets(topic)).values()];
  } catch (error) {
    const { type } = ((error as Error).cause ?? {}) as { readonly type?: string };
    if (type !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
    throw new Error(`there is no topic ${topic}: create it with the partitions it is to have`, { cause: error });
  }
}

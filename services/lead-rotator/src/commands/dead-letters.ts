import {
  type DeadLetter,
  deadLetterTopic,
  type EventBus,
  listDeadLetters,
  type MessagePlace,
  resendDeadLetters,
} from '@lead-rotator/event-bus';
import { allTopics, topicsInUse } from '@lead-rotator/service-host';
import { type Command, InvalidArgumentError } from 'commander';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';

interface DeadLettersOptions {
  readonly resend?: Chosen[];
  readonly resendAll?: true;
  readonly body?: true;
  readonly json?: true;
}

/** A dead letter as it is named on the command line. */
interface Chosen extends MessagePlace {
  readonly topic: string;
}

export function addDeadLetters(program: Command): void {
  program
    .command('dead-letters')
    .description('list the messages that could not be used, or send them in again')
    .option(
      '--resend <place...>',
      'send these in again, named as in the list: topic/partition/offset of the dead letter',
      choose,
    )
    .option('--resend-all', 'send everything in again')
    .option('--body', 'show what the messages say, with the personal data in them')
    .option('--json', 'print one JSON document a line')
    .action((options: DeadLettersOptions) => withOperatorTools('dead-letters', (tools) => run(tools, options)));
}

async function run({ settings, openBus }: OperatorTools, options: DeadLettersOptions): Promise<void> {
  const bus = openBus();
  const topics = topicsInUse(settings);
  if (options.resend === undefined && !options.resendAll) await list(bus, topics, options);
  else await resend(bus, topics, options.resendAll ? undefined : options.resend);
}

async function list(bus: EventBus, topics: readonly string[], { body, json }: DeadLettersOptions): Promise<void> {
  let listed = 0;
  for (const topic of topics) {
    const letters = await listDeadLetters(bus, topic);
    for (const letter of letters) console.log(json ? JSON.stringify(asDocument(letter, body)) : asLine(letter, body));
    listed += letters.length;
  }
  if (listed === 0 && !json) console.log('no dead letters');
}

/** @param named none: all of them */
async function resend(bus: EventBus, topics: readonly string[], named: readonly Chosen[] | undefined): Promise<void> {
  let wanted = named?.length ?? 0;
  let sent = 0;
  for (const topic of topics) {
    const letters = await listDeadLetters(bus, topic);
    const chosen = named?.filter((one) => one.topic === topic) ?? letters.map(({ place }) => place);
    if (named === undefined) wanted += chosen.length;
    if (chosen.length > 0) sent += await resendDeadLetters(bus, topic, chosen);
    const lying = new Set(letters.filter(({ isNote }) => !isNote).map(nameOf));
    for (const name of chosen.map((place) => nameOf({ topic, place })).filter((one) => !lying.has(one))) {
      console.error(`${name} cannot be sent in: no message lies there, or it was sent in before`);
    }
  }
  console.log(`${sent} sent in again`);
  if (sent < wanted) process.exitCode = 1;
}

function choose(text: string, before: Chosen[] | undefined): Chosen[] {
  const parts = /^(.+)\/(\d+)\/(\d+)$/.exec(text);
  const [, named = '', partition, offset = '0'] = parts ?? [];
  const topic = allTopics.find((one) => named === one || named === deadLetterTopic(one));
  if (topic === undefined) {
    throw new InvalidArgumentError(`not topic/partition/offset with one of ${allTopics.join(', ')}`);
  }
  return [...(before ?? []), { topic, partition: Number(partition), offset: BigInt(offset) }];
}

const nameOf = ({ topic, place }: Pick<DeadLetter, 'topic' | 'place'>): string =>
  `${topic}/${place.partition}/${place.offset}`;

function asLine(letter: DeadLetter, body: true | undefined): string {
  const tries = letter.count === 1 ? 'tried once' : `tried ${letter.count} times`;
  const { topic, from } = letter;
  const content = letter.isNote ? `; the message itself is only at ${topic}/${from.partition}/${from.offset}` : '';
  const line = `${nameOf(letter)}  ${letter.at}  from offset ${from.offset}, ${tries}: ${letter.reason}${content}`;
  return body ? `${line}\n  ${letter.message.value?.toString() ?? '(empty)'}` : line;
}

function asDocument(letter: DeadLetter, body: true | undefined) {
  const { reason, count, at, from, message } = letter;
  return {
    place: nameOf(letter),
    reason,
    count,
    at,
    from: `${letter.topic}/${from.partition}/${from.offset}`,
    ...(body ? { value: message.value?.toString() ?? null } : {}),
  };
}

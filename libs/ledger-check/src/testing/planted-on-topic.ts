import type { IncomingMessage } from '@lead-rotator/event-bus';
import type { FaultKind } from '../fault-kinds.ts';

/** A fault put onto a topic that holds exactly what the log holds. */
export interface PlantedOnTopic {
  readonly what: string;
  readonly kind: FaultKind;
  readonly change: (messages: IncomingMessage[]) => IncomingMessage[];
}

const typeOf = ({ headers }: IncomingMessage): string => String(headers.ce_type);
const placeOf = (messages: readonly IncomingMessage[], type: string) =>
  messages.findIndex((one) => typeOf(one) === type);

/** The message once more, at the end of its partition. */
function again(
  messages: readonly IncomingMessage[],
  index: number,
  changes: Partial<IncomingMessage>,
): IncomingMessage[] {
  const message = { ...(messages[index] as IncomingMessage), ...changes };
  const end = messages.filter(({ partition }) => partition === message.partition).length;
  return [...messages, { ...message, offset: BigInt(end) }];
}

/** A header of the first message of a type has another value. */
const header = (type: string, name: string, value: string) => (messages: IncomingMessage[]) => {
  const index = placeOf(messages, type);
  const message = messages[index] as IncomingMessage;
  return messages.with(index, { ...message, headers: { ...message.headers, [name]: Buffer.from(value) } });
};

/** The data of the first message of a type says otherwise. */
const saying = (type: string, changes: object) => (messages: IncomingMessage[]) => {
  const index = placeOf(messages, type);
  const message = messages[index] as IncomingMessage;
  const data = { ...JSON.parse(String(message.value)), ...changes };
  return messages.with(index, { ...message, value: Buffer.from(JSON.stringify(data)) });
};

export const plantedOnTopic: readonly PlantedOnTopic[] = [
  {
    what: 'a message was never sent',
    kind: 'missing-on-topic',
    change: (messages) => messages.filter((message) => typeOf(message) !== 'LeadWon'),
  },
  {
    what: 'the newest message was never sent',
    kind: 'missing-on-topic',
    change: (messages) => messages.slice(0, -1),
  },
  {
    what: 'a message has a position that the log has not reached',
    kind: 'foreign-on-topic',
    change: (messages) =>
      again(messages, 0, header(typeOf(messages[0] as IncomingMessage), 'ce_sequence', '100000')(messages)[0] ?? {}),
  },
  {
    what: 'a message comes from another log',
    kind: 'foreign-on-topic',
    change: (messages) => {
      const changed = header('LeadWon', 'ce_source', '/lead-rotator/logs/log-2')(messages);
      return again(
        [...messages, ...changed.slice(placeOf(messages, 'LeadWon'), placeOf(messages, 'LeadWon') + 1)],
        0,
        {},
      );
    },
  },
  {
    what: 'a message is none of ours',
    kind: 'foreign-on-topic',
    change: (messages) => again(messages, 0, { headers: {}, value: Buffer.from('hello') }),
  },
  {
    what: 'a message has the type of another event',
    kind: 'other-on-topic',
    change: header('LeadWon', 'ce_type', 'LeadLost'),
  },
  {
    what: 'a message names another owner than the log',
    kind: 'other-on-topic',
    change: saying('LeadAssigned', { ownerId: 'eve' }),
  },
  {
    what: 'a message names another source of a lead than the log',
    kind: 'other-on-topic',
    change: saying('LeadCaptured', { source: 'another' }),
  },
  {
    what: 'a message says of another actor than the log',
    kind: 'other-on-topic',
    change: header('LeadWon', 'ce_actor', 'user:eve'),
  },
  {
    what: 'a message has a position that no log will ever reach',
    kind: 'foreign-on-topic',
    change: (messages) =>
      again(
        messages,
        0,
        header(typeOf(messages[0] as IncomingMessage), 'ce_sequence', '9007199254740991')(messages)[0] ?? {},
      ),
  },
  {
    what: 'an event comes a second time with another value',
    kind: 'twice-on-topic',
    change: (messages) => again(messages, placeOf(messages, 'LeadWon'), { value: Buffer.from('{}') }),
  },
  {
    what: 'two messages of a lead have changed places',
    kind: 'order-on-topic',
    change: (messages) => {
      const won = placeOf(messages, 'LeadWon');
      const missed = placeOf(messages, 'ClaimMissed');
      const [wonMessage, missedMessage] = [messages[won] as IncomingMessage, messages[missed] as IncomingMessage];
      return messages
        .with(won, { ...missedMessage, offset: wonMessage.offset })
        .with(missed, { ...wonMessage, offset: missedMessage.offset });
    },
  },
  {
    what: 'a message of a lead lies on another partition than the others',
    kind: 'key-on-two-partitions',
    change: (messages) => {
      const won = placeOf(messages, 'LeadWon');
      const message = messages[won] as IncomingMessage;
      return again(messages.toSpliced(won, 1), placeOf(messages, 'LeadWon') - 1, {
        ...message,
        partition: 1 - message.partition,
      });
    },
  },
];

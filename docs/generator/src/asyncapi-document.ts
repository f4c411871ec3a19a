import { deadLetterTopic } from '@lead-rotator/event-bus';
import {
  type EventDefinition,
  eventDefinitions,
  inboundActivity,
  inboundLead,
  schemaUri,
} from '@lead-rotator/lead-events';
import { earlyActsTopic, notificationsTopic, topics } from '@lead-rotator/service-host';
import { stringify } from 'yaml';
import { deadLetterHeaders, eventHeaders, inboundHeaders, webhookHeaders } from './asyncapi-headers.ts';
import type { Document } from './document.ts';
import { structuredEventSchema } from './structured-event-schema.ts';

const definitions = Object.values(eventDefinitions) as unknown as readonly EventDefinition[];
const reference = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });

const channel = (address: string, description: string, messages: readonly string[]) => ({
  [address]: {
    address,
    description,
    messages: Object.fromEntries(messages.map((name) => [name, reference('components', 'messages', name)])),
  },
});

const channels = {
  ...channel(topics.inbound, 'Leads of upstream systems. The id is a good key: one key keeps its order.', ['lead']),
  ...channel(topics.activities, 'What owners do with their leads. Key: the id of the lead.', ['activity']),
  ...channel(
    topics.events,
    'Everything that was appended to the log, in its order for each key. An event may come more than once.',
    definitions.map(({ type }) => type),
  ),
  ...channel(earlyActsTopic, 'Acts whose lead or user is not there yet, tried again for five seconds.', ['activity']),
  ...channel(notificationsTopic, 'What could not be told by mail or webhook, when it is sent in again.', [
    'notification',
  ]),
  webhooks: {
    address: null,
    title: 'Webhooks',
    description: 'POST to the address of WEBHOOK_URL, where that is set; in order for each subject, at least once.',
    messages: { webhook: reference('components', 'messages', 'webhook') },
  },
  ...Object.assign(
    {},
    ...[...Object.values(topics), earlyActsTopic, notificationsTopic].map((topic) =>
      channel(deadLetterTopic(topic), `Messages of ${topic} that could not be used.`, ['deadLetter']),
    ),
  ),
};

const operation = (action: 'receive' | 'send', address: string, summary: string) => ({
  action,
  channel: reference('channels', address),
  summary,
});

const putAside = (topic: string) =>
  operation('send', deadLetterTopic(topic), `Put a message of ${topic} aside that cannot be used.`);

/** From the product's side: it receives what is sent in, and sends what has happened. */
const operations = {
  captureLead: operation('receive', topics.inbound, 'Take a lead in.'),
  takeInAct: operation('receive', topics.activities, 'Take an act in, and see whether it claims the lead.'),
  putOffAct: operation('send', earlyActsTopic, 'Put an act off that came before its lead perhaps.'),
  takeInActAgain: operation('receive', earlyActsTopic, 'Take an act in that came before its lead.'),
  publishEvents: operation('send', topics.events, 'Publish what was appended to the log.'),
  putLeadAside: putAside(topics.inbound),
  putActAside: putAside(topics.activities),
  putEventAside: putAside(topics.events),
  putEarlyActAside: putAside(earlyActsTopic),
  tellAgain: operation('receive', notificationsTopic, 'Tell by mail or webhook what was refused before.'),
  putNotificationAside: putAside(notificationsTopic),
  tellByWebhook: {
    ...operation('send', 'webhooks', 'Tell another system what is on the topic of events.'),
    bindings: { http: { method: 'POST' } },
  },
};

const forms = 'CloudEvents binary (as here), CloudEvents structured, or bare JSON without any header.';

const inboundMessages = {
  lead: {
    title: 'A lead',
    summary: forms,
    headers: inboundHeaders,
    payload: reference('components', 'schemas', 'Lead'),
  },
  activity: {
    title: 'An act',
    summary: forms,
    headers: inboundHeaders,
    payload: reference('components', 'schemas', 'Activity'),
  },
  notification: {
    title: 'An event that is to be told again',
    summary: 'As on leads.events, and in `channel` and `recipient` by what way and to whom.',
    payload: {},
  },
  webhook: {
    title: 'A webhook',
    summary: 'An event as a CloudEvent in structured JSON, signed by the Standard Webhooks scheme.',
    contentType: 'application/cloudevents+json',
    headers: webhookHeaders,
    payload: structuredEventSchema,
  },
  deadLetter: {
    title: 'A message that could not be used',
    summary: 'The original bytes, key and headers, and why it lies here.',
    headers: deadLetterHeaders,
    payload: {},
  },
};

const eventMessage = ({ type, version, about, sample }: EventDefinition) => [
  type,
  {
    title: type,
    summary: about,
    headers: eventHeaders(type, schemaUri(type, version)),
    payload: reference('components', 'schemas', type),
    examples: [{ payload: sample }],
  },
];

const keys =
  'Keys are partitioned as the Java client does it (murmur2 of the key), and the number of partitions is fixed for life.';

/** The topics as AsyncAPI 3: what can be sent in, what is published, and where a message goes that cannot be used. */
export function asyncApi(): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Lead Rotator',
      version: '1',
      description: `Leads and acts come in, events go out, over Kafka. ${keys}`,
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: {
      messages: { ...inboundMessages, ...Object.fromEntries(definitions.map(eventMessage)) },
      schemas: {
        Lead: inboundLead,
        Activity: inboundActivity,
        ...Object.fromEntries(definitions.map(({ type, data }) => [type, data])),
      },
    },
  };
}

/** The same as a file, in YAML. */
export function asyncApiDocument(): Document {
  const head = '# Made from `libs/lead-events` by `npm run docs`. Do not edit: the next run overwrites it.\n';
  const plain = JSON.parse(JSON.stringify(asyncApi()));
  return {
    path: 'docs/reference/asyncapi.yaml',
    content: head + stringify(plain, { lineWidth: 120, aliasDuplicateObjects: false }),
  };
}

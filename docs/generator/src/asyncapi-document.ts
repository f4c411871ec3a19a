import { type EventDefinition, eventDefinitions, inboundLead, schemaUri } from '@lead-rotator/lead-events';
import { stringify } from 'yaml';
import { deadLetterHeaders, eventHeaders, inboundHeaders } from './asyncapi-headers.ts';
import type { Document } from './document.ts';

const definitions = Object.values(eventDefinitions) as unknown as readonly EventDefinition[];
const reference = (...path: readonly string[]) => ({ $ref: `#/${path.join('/')}` });
const toMessage = (name: string) => [name, reference('components', 'messages', name)];
const events = definitions.map(({ type }) => type);

const channels = {
  'leads.inbound': {
    address: 'leads.inbound',
    description: 'Leads of upstream systems. Any key; the same key keeps its order.',
    messages: Object.fromEntries(['lead'].map(toMessage)),
  },
  'leads.events': {
    address: 'leads.events',
    description:
      'Everything that was appended to the log, in its order for each key. An event may come more than once.',
    messages: Object.fromEntries(events.map(toMessage)),
  },
  'leads.inbound.dead-letters': {
    address: 'leads.inbound.dead-letters',
    description: 'Messages of leads.inbound that could not be used.',
    messages: Object.fromEntries(['deadLetter'].map(toMessage)),
  },
};

const operation = (action: 'receive' | 'send', channel: string, summary: string) => ({
  action,
  channel: { $ref: `#/channels/${channel}` },
  summary,
});

/** From the product's side: it receives what is sent in, and sends what has happened. */
const operations = {
  captureLead: operation('receive', 'leads.inbound', 'Take a lead in.'),
  publishEvents: operation('send', 'leads.events', 'Publish what was appended to the log.'),
  putAsideLead: operation('send', 'leads.inbound.dead-letters', 'Put a message aside that cannot be used.'),
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

/** The topics as AsyncAPI 3: what can be sent in, what is published, and where a message goes that cannot be used. */
export function asyncApi(): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Lead Rotator',
      version: '1',
      description:
        'Leads and acts come in, events go out, over Kafka. Keys are partitioned as the Java client does it (murmur2 of the key); the number of partitions of a topic is fixed for its life.',
    },
    defaultContentType: 'application/json',
    channels,
    operations,
    components: {
      messages: {
        lead: {
          title: 'A lead',
          summary: 'CloudEvents binary (as here), CloudEvents structured, or bare JSON without any header.',
          headers: inboundHeaders,
          payload: reference('components', 'schemas', 'Lead'),
        },
        deadLetter: {
          title: 'A message that could not be used',
          summary: 'The original bytes, key and headers, and why it lies here.',
          headers: deadLetterHeaders,
          payload: {},
        },
        ...Object.fromEntries(definitions.map(eventMessage)),
      },
      schemas: {
        Lead: inboundLead,
        ...Object.fromEntries(definitions.map(({ type, data }) => [type, data])),
      },
    },
  };
}

export const asyncApiDocument = (): Document => ({
  path: 'docs/reference/asyncapi.yaml',
  content: `# Made from \`libs/lead-events\` by \`npm run docs\`. Do not edit: the next run overwrites it.\n${stringify(
    JSON.parse(JSON.stringify(asyncApi())),
    { lineWidth: 120, aliasDuplicateObjects: false },
  )}`,
});

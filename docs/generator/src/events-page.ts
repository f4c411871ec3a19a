import { type EventDefinition, eventDefinitions, schemaUri } from '@lead-rotator/lead-events';
import { describeParts } from './describe-type.ts';
import { type Document, madeFromCode, table } from './document.ts';
import { fieldTable } from './field-table.ts';
import { shapes } from './shapes.ts';

const definitions = Object.values(eventDefinitions) as unknown as readonly EventDefinition[];

const introduction = `# Events

*Reference.* Everything that the log holds and \`leads.events\` carries. A message's value is the data of one event as
JSON; its type, time and position are in the headers ([AsyncAPI](asyncapi.yaml)).

- **Key** of a message: events of one key stay in order. All events of a lead have its id.
- **Tags**: what the log finds the event by, and what decisions are guarded with. They are not in the message.
- **Sealed**: in the log the field is encrypted; on the topic it is in clear.
- An instant is RFC 3339 in UTC with milliseconds. Durations are in milliseconds.
- New fields may come to a version; consumers ignore what they do not know. A change that breaks a reader is a new version.

`;

/** The page on all events: fields, tags, key and a sample of each, and the shapes they share. */
export function eventsPage(): Document {
  const overview = table(
    ['event', 'version', 'what happened'],
    definitions.map(({ type, version, about }) => [`[${type}](#${type.toLowerCase()})`, String(version), about]),
  );
  const content = [
    madeFromCode('`libs/lead-events`'),
    introduction,
    overview,
    ...definitions.map(describeEvent),
    '\n## Shapes\n\nParts that stand in several events.\n',
    ...Object.entries(shapes).map(describeShape),
  ];
  return { path: 'docs/reference/events.md', content: content.join('') };
}

function describeEvent({ type, version, about, data, tags, key, sealed, sample }: EventDefinition): string {
  const facts = [
    `Version ${version}`,
    `key \`${pattern(key(sample), sample)}\``,
    `tags ${tags(sample)
      .map((tag) => `\`${pattern(tag, sample)}\``)
      .join(', ')}`,
    ...(sealed === undefined ? [] : [`sealed: \`${sealed}\``]),
    `schema \`${schemaUri(type, version)}\``,
  ];
  return `\n## ${type}\n\n${about}\n\n${facts.join(' · ')}\n\n${fieldTable(data)}\n\`\`\`json\n${JSON.stringify(sample, null, 2)}\n\`\`\`\n`;
}

/** Names the field of the sample that a tag or key was made of: `lead:<leadId>`. */
function pattern(made: string, sample: object): string {
  const values = Object.entries(sample).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((item) => [name, item] as const) : [[name, value] as const],
  );
  const id = made.slice(made.indexOf(':') + 1);
  const [field] = values.find(([, value]) => value === id) ?? [];
  return field === undefined ? made : `${made.slice(0, made.length - id.length)}<${field}>`;
}

function describeShape([name, schema]: readonly [string, (typeof shapes)[string]]): string {
  const about = schema.description === undefined ? '' : `${schema.description}\n\n`;
  if (schema.properties !== undefined) return `\n### ${name}\n\n${about}${fieldTable(schema)}`;
  if (schema.anyOf === undefined) return `\n### ${name}\n\n${about || `${describeParts(schema)}\n`}`;
  return `\n### ${name}\n\n${about}One of:\n\n${schema.anyOf.map((one) => `- ${describeParts(one)}\n`).join('')}`;
}

import type { ExplainedEvent, LeadStory } from './explain-lead.ts';

/** A story for people: a head, and a paragraph for each thing that happened. */
export function storyText(story: LeadStory): string {
  const { leadId, source, sourceLeadId, owner, entries } = story;
  const head = [
    `Lead ${leadId}, ${sourceLeadId} of ${source}`,
    `Contact: ${personWords(story.person)}`,
    `Owner now: ${owner ?? 'nobody'}`,
  ];
  return [head.join('\n'), ...entries.map(entryText)].join('\n\n');
}

function entryText({ position, at, by, cause, words, reasons }: ExplainedEvent): string {
  const lines = [`${at}  ${by}, answering ${cause}  [${position}]`, words, ...reasons];
  return lines.map((line, index) => (index === 0 ? line : `  ${line}`)).join('\n');
}

/** The person, `erased`, or `sealed`. */
function personWords(person: LeadStory['person']): string {
  if ('erased' in person) return 'erased';
  if ('sealed' in person) return 'sealed';
  const { firstName, lastName, email, phone, attributes = {} } = person;
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  const more = Object.entries(attributes).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return [name, email, phone, ...more].filter((part) => part !== undefined && part !== '').join(', ') || 'unknown';
}

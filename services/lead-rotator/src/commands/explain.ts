import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { configurationTag, leadTag, readEvent } from '@lead-rotator/lead-events';
import { explainLead, type LeadStory, storyText } from '@lead-rotator/replay';
import type { Command } from 'commander';
import { leadIdsOf } from '../find-lead.ts';
import { withOperatorTools } from '../open-for-operator.ts';

interface ExplainOptions {
  readonly organization: string;
  readonly open?: true;
  readonly json?: true;
}

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('tell everything that happened to a lead, and why; exits with 1 if there is no such lead')
    .argument('<lead>', "id of the lead, or the source and the source's own id: facebook/fb-812")
    .option('--organization <id>', 'whose lead it is', defaultOrganization)
    .option('--open', 'show personal data, which is left out otherwise')
    .option('--json', 'print one JSON document')
    .action((lead: string, options: ExplainOptions) =>
      withOperatorTools('explain', ({ log }) => explain(log, lead, options)),
    );
}

async function explain(log: EventLog, lead: string, { organization, open, json }: ExplainOptions): Promise<void> {
  const story = await findStory(log, lead, organization as OrganizationId);
  if (story === undefined) {
    console.error(`no lead ${lead} in organization ${organization}`);
    process.exitCode = 1;
    return;
  }
  const shown = open ? story : closed(story);
  console.log(json ? JSON.stringify(shown) : storyText(shown));
}

/** In clear, since a rule may have looked at personal data. */
async function findStory(log: EventLog, lead: string, organizationId: OrganizationId): Promise<LeadStory | undefined> {
  const candidates = leadIdsOf(lead, organizationId);
  const tags = [configurationTag, ...candidates.map(leadTag)];
  const events = (await log.readByTags({ organizationId, tags, open: true })).map(readEvent);
  for (const leadId of candidates) {
    const story = explainLead(events, leadId);
    if (story !== undefined) return story;
  }
  return undefined;
}

/** The story without personal data; what was erased still says so. */
function closed(story: LeadStory): LeadStory {
  const person = 'erased' in story.person ? story.person : ({ sealed: true } as LeadStory['person']);
  const entries = story.entries.map((entry) =>
    entry.type === 'LeadCaptured' ? { ...entry, data: { ...(entry.data as object), person } } : entry,
  );
  return { ...story, person, entries };
}

import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { Argument, type Command } from 'commander';
import { findPerson, type Person } from '../erasure/person.ts';
import { parseWhom, type Whom } from '../erasure/whom.ts';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';

interface ForgetOptions {
  readonly organization: string;
  readonly yes?: true;
  readonly json?: true;
}

export function addForget(program: Command): void {
  program
    .command('forget')
    .description('erase a person: destroy the keys that their data in the log is sealed with')
    .addArgument(
      new Argument('<whom>', 'email address, phone number with international prefix, or id of a lead').argParser(
        parseWhom,
      ),
    )
    .option('--organization <id>', 'whose data it is', defaultOrganization)
    .option('--yes', 'do it; otherwise it is only told what would be erased')
    .option('--json', 'print one JSON document')
    .action((whom: Whom, options: ForgetOptions) =>
      withOperatorTools('forget', (tools) => forget(tools, whom, options)),
    );
}

async function forget({ log }: OperatorTools, whom: Whom, options: ForgetOptions): Promise<void> {
  const person = await findPerson(log, log.contacts, options.organization as OrganizationId, whom);
  if (person === undefined) {
    console.error('nobody is known by that; who was forgotten before is not known by it either');
    process.exitCode = 1;
    return;
  }
  if (options.yes) for (const contactId of person.contactIds) await log.contacts.forget(contactId);
  const erased = options.yes === true;
  if (options.json) console.log(JSON.stringify({ erased, ...person }));
  else for (const line of describe(person, erased)) console.log(line);
}

function* describe({ contactIds, leadIds, sharing }: Person, erased: boolean): Generator<string> {
  yield `${erased ? 'erased' : 'would be erased'}: ${contactIds.length} contacts, and with them the person in ${leadIds.length} leads`;
  for (const leadId of leadIds) yield `  ${leadId}`;
  if (sharing.length > 0) {
    yield 'readable still, since they are sealed for another contact; forget these leads too if it is the same person:';
    for (const leadId of sharing) yield `  ${leadId}`;
  }
  if (!erased) yield 'Nothing was erased yet. It cannot be undone: add --yes to do it.';
}

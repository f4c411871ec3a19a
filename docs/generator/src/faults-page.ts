import { faultKinds, warningKinds } from '@lead-rotator/ledger-check';
import { type Document, madeFromCode, table } from './document.ts';

const introduction = `# Faults

*Reference.* What \`lead-rotator check\` can find. It reads the log, the topics, the consumers' offsets and the tables made
from the log, and computes again what the services have decided: turns by round robin, caps, who could be served, and
deadlines, by a second implementation of [the rules](distribution.md) that shares nothing with the one that decides.
Under other strategies than round robin it checks who was served and who was passed over, not the order.

Each fault comes with its place (position in the log, lead, rotation, or partition and offset) and the facts by which it
can be seen. The command ends with exit code 1 if there is any. [Commands](commands.md#lead-rotator-check) has its options.

`;

/** What the ledger check can find, and what each finding means. */
export function faultsPage(): Document {
  const content =
    madeFromCode('`libs/ledger-check`') +
    introduction +
    table(['fault', 'what it means'], rows(faultKinds)) +
    '\n## Warnings\n\nSomething needs a look, but no promise is broken: the exit code stays 0.\n\n' +
    table(['warning', 'what it means'], rows(warningKinds));
  return { path: 'docs/reference/faults.md', content };
}

const rows = (kinds: Readonly<Record<string, string>>): string[][] =>
  Object.entries(kinds).map(([kind, meaning]) => [`\`${kind}\``, meaning]);

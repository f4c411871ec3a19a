import type { Command } from 'commander';
import { type Document, madeFromCode } from './document.ts';

const introduction = `# Commands

*Reference.* What \`npx lead-rotator\` understands: the program's own help. Settings come from the environment
([Settings](settings.md)), the same for commands as for services.

`;

/** The help of the program and of each of its commands. */
export function commandsPage(program: Command): Document {
  program.configureHelp({ helpWidth: 110 });
  const pages = withSubcommands(program, []).map(({ path, command }) => {
    command.configureHelp({ helpWidth: 110 });
    return `## ${path.join(' ')}\n\n\`\`\`text\n${command.helpInformation().trimEnd()}\n\`\`\`\n`;
  });
  const content = madeFromCode('`services/lead-rotator`') + introduction + pages.join('\n');
  return { path: 'docs/reference/commands.md', content };
}

interface Found {
  readonly path: readonly string[];
  readonly command: Command;
}

function withSubcommands(command: Command, above: readonly string[]): Found[] {
  const path = [...above, command.name()];
  return [{ path, command }, ...command.commands.flatMap((inner) => withSubcommands(inner, path))];
}

import { parseSettings, Settings, variableOf } from '@lead-rotator/service-host';
import { type Document, madeFromCode, table } from './document.ts';
import type { ReadSource } from './read-source.ts';

const source = 'libs/service-host/src/settings.ts';

const introduction = `# Settings

*Reference.* All settings come from environment variables. They are read once, at the start; if any of them cannot be
used, the program does not start and names every fault in one message. An empty variable counts as not set.

`;

/** The page on all settings: names and defaults by running the code, meanings from the doc comments in it. */
export function settingsPage(read: ReadSource): Document {
  const text = read(source);
  const rows = Object.entries(new Settings()).map(([property, value]) => [
    `\`${variableOf(property)}\``,
    value === undefined ? '–' : `\`${String(value)}\``,
    meaningOf(property, text),
    allowedFor(property),
  ]);
  const content =
    madeFromCode(`\`${source}\``) + introduction + table(['variable', 'default', 'meaning', 'allowed'], rows);
  return { path: 'docs/reference/settings.md', content };
}

function meaningOf(property: string, text: string): string {
  const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:@[\\s\\S]*?)?readonly ${property}\\b`);
  const before = text.slice(0, text.search(new RegExp(`readonly ${property}\\b`)));
  const last = comment.exec(text.slice(before.lastIndexOf('/**')))?.[1];
  const own = before.slice(before.lastIndexOf('/**')).match(/readonly \w+/) === null;
  if (last === undefined || !own) throw new Error(`${source}: ${property} has no doc comment`);
  return last.replaceAll(/\s*\n\s*\*\s*/g, ' ').trim();
}

/** The rule as the check itself states it when it meets something impossible. */
function allowedFor(property: string): string {
  const variable = variableOf(property);
  try {
    parseSettings({ [variable]: '?' });
  } catch (error) {
    const [, rule] = new RegExp(`^ *${variable} is .*: must be (.*)$`, 'm').exec(String(error)) ?? [];
    return rule ?? '';
  }
  return '';
}

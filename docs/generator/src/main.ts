import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createProgram, services } from '@lead-rotator/lead-rotator';
import { asyncApiDocument } from './asyncapi-document.ts';
import { badBlocks } from './code-block.ts';
import { commandsPage } from './commands-page.ts';
import { decisionsPage } from './decisions-page.ts';
import type { Document } from './document.ts';
import { eventsPage } from './events-page.ts';
import { faultsPage } from './faults-page.ts';
import { deadLinks } from './links.ts';
import { openApiDocuments } from './openapi-documents.ts';
import { pagesWithoutKind } from './page-kind.ts';
import { settingsPage } from './settings-page.ts';

process.chdir(new URL('../../..', import.meta.url).pathname);
const read = (path: string): string => readFileSync(path, 'utf8');

const documents = [
  eventsPage(),
  asyncApiDocument(),
  ...(await openApiDocuments(Object.values(services))),
  settingsPage(read),
  commandsPage(createProgram()),
  faultsPage(),
  decisionsPage(decisionRecords()),
];
const faults = process.argv.includes('--check') ? documents.flatMap(outdated) : documents.flatMap(write);
const pages = new Map(pagePaths().map((path) => [path, read(path)]));
faults.push(...deadLinks(pages, read), ...badBlocks(pages), ...pagesWithoutKind(pages));
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(
  `${documents.length} documents made from the code, ${pages.size} pages: ${faults.length} faults\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

function outdated({ path, content }: Document): string[] {
  let present: string | undefined;
  try {
    present = read(path);
  } catch {
    return [`${path} is missing: npm run docs`];
  }
  return present === content ? [] : [`${path} is not what the code makes of it now: npm run docs`];
}

function write({ path, content }: Document): string[] {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return [];
}

function decisionRecords(): ReadonlyMap<string, string> {
  const names = readdirSync('docs/decisions')
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort();
  return new Map(names.map((name) => [name, read(`docs/decisions/${name}`)]));
}

function pagePaths(): string[] {
  const inFolder = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);
  const found = ['docs', 'deploy'].flatMap(inFolder).filter((path) => path.endsWith('.md'));
  return ['README.md', ...found.filter((path) => !/\/(node_modules|target)\//.test(path)).sort()];
}

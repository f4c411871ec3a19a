import { dirname, normalize } from 'node:path';
import type { ReadSource } from './read-source.ts';

const external = /^[a-z]+:/;

/** Links within the repository that lead nowhere: to no file, or to a heading that is not in the page. */
export function deadLinks(pages: ReadonlyMap<string, string>, read: ReadSource): string[] {
  return [...pages].flatMap(([page, text]) =>
    linksOf(text)
      .filter((link) => !external.test(link) && !leadsSomewhere(page, link, pages, read))
      .map((link) => `${page}: the link ${link} leads nowhere`),
  );
}

function leadsSomewhere(page: string, link: string, pages: ReadonlyMap<string, string>, read: ReadSource): boolean {
  const [path = '', anchor] = link.split('#', 2);
  const target = path === '' ? page : normalize(`${dirname(page)}/${path}`);
  if (target.endsWith('/')) return [...pages.keys()].some((known) => known.startsWith(target));
  const text = pages.get(target);
  if (text !== undefined) return anchor === undefined || anchorsOf(text).has(anchor);
  try {
    read(target);
    return anchor === undefined;
  } catch {
    return false;
  }
}

function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutFences(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = plain;
    for (let copy = 1; anchors.has(anchor); copy++) anchor = `${plain}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}

const withoutFences = (text: string): string => text.replaceAll(/^( *`{3,}).*\n[\s\S]*?^\1$/gm, '');
const withoutCode = (text: string): string => withoutFences(text).replaceAll(/`[^`\n]*`/g, '');

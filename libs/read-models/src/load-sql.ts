import { readFileSync } from 'node:fs';

/** The text of a statement of `sql/`, by its name; what stands in braces is replaced. */
export function loadSql(name: string, names: Readonly<Record<string, string>> = {}): string {
  const text = readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');
  return text.replaceAll(/\{(\w+)\}/g, (_, word: string) => names[word] ?? word);
}

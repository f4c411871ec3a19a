import { readFileSync } from 'node:fs';

/** A statement of `sql/` by its name; beside `src` and beside `dist`. */
export function loadSql(name: string): string {
  return readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');
}

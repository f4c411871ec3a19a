import { readFileSync } from 'node:fs';

/** The text of a statement of `sql/`, by its name. Lies beside `src` and `dist`, so both find it. */
export function loadSql(name: string): string {
  return readFileSync(new URL(`../sql/${name}.sql`, import.meta.url), 'utf8');
}

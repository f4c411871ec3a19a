import { readFileSync } from 'node:fs';

/**
 * Gives the text of a statement by its name, from a folder of `.sql` files, one statement each. The folder lies beside
 * `src` and `dist` (`new URL('../sql/', import.meta.url)`), so that both find it.
 */
export const sqlLoader =
  (folder: URL) =>
  (name: string): string =>
    readFileSync(new URL(`${name}.sql`, folder), 'utf8');

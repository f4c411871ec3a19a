import { sqlLoader } from '@lead-rotator/postgres';

/** The text of a statement of `sql/`, by its name. */
export const loadSql = sqlLoader(new URL('../sql/', import.meta.url));

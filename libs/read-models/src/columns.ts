import { type ColumnValue, columnArray } from '@lead-rotator/postgres';

/** Rows as arrays, one for each column, as `unnest` takes them: texts, safe integers and truth values. */
export function columns<Row, Name extends keyof Row>(rows: readonly Row[], names: readonly Name[]) {
  return names.map((name) => columnArray(rows.map((row) => row[name] as ColumnValue)));
}

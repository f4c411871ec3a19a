/**
 * Lines as CSV (RFC 4180), with the names of the columns first; what is null is empty. A text that a spreadsheet would
 * take for a formula gets an apostrophe before it: sources and ids come from outside.
 */
export function csvOf<Row extends object>(rows: readonly Row[], names: readonly (keyof Row & string)[]): string {
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join());
  return [names.join(), ...lines].map((line) => `${line}\r\n`).join('');
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { type Document, madeFromCode, table } from './document.ts';

/** The list of all decision records, by number. */
export function decisionsPage(records: ReadonlyMap<string, string>): Document {
  const rows = [...records].map(([name, text]) => {
    const [, number, title] = /^# (\d{4}) (.+)$/m.exec(text) ?? [];
    const [, status] = /^Status: (.+)$/m.exec(text) ?? [];
    if (number === undefined || title === undefined || status === undefined || !name.startsWith(number)) {
      throw new Error(`docs/decisions/${name}: needs a title "# ${name.slice(0, 4)} …" and a line "Status: …"`);
    }
    return [number, `[${title}](${name})`, status];
  });
  const introduction =
    '# Decision records\n\nEach has status, context, decision, consequences, and the alternatives that were rejected.\n\n';
  const content = madeFromCode('the records') + introduction + table(['', 'decision', 'status'], rows);
  return { path: 'docs/decisions/README.md', content };
}

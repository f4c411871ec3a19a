/** A file of the documentation that is made from the code. */
export interface Document {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

/** Said at the top of every page made here, so that nobody mends it by hand. */
export const madeFromCode = (by: string): string =>
  `<!-- Made from ${by} by \`npm run docs\`. Do not edit: the next run overwrites it. -->\n\n`;

/** A table in Markdown; bars and line breaks in the cells are made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

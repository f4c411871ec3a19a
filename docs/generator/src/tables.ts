/** The rows of the table under a heading of a page whose first column has this title; each cell without its blanks. */
export function tableRows(markdown: string, heading: string, firstColumn: string): string[][] {
  const section = markdown.split(/^(?=#+ )/m).find((part) => part.split('\n', 1)[0]?.replace(/^#+ /, '') === heading);
  const lines = section?.split('\n') ?? [];
  const head = lines.findIndex((line) => line.startsWith(`| ${firstColumn} |`));
  if (head === -1) throw new Error(`there is no table with the column ${firstColumn} under ${heading}`);
  const end = lines.findIndex((line, index) => index > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

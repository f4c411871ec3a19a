const kinds: Readonly<Record<string, string>> = {
  tutorial: 'Tutorial',
  'how-to': 'How-to',
  reference: 'Reference',
  explanation: 'Explanation',
};

/** Pages that do not say, in the first paragraph below their title, of which kind they are: that of their folder. */
export function pagesWithoutKind(pages: ReadonlyMap<string, string>): string[] {
  return [...pages].flatMap(([page, text]) => {
    const [, folder = ''] = /^docs\/([^/]+)\//.exec(page) ?? [];
    const kind = kinds[folder];
    const says = /^# .+\n+\*(.+)\.\*/m.exec(text)?.[1];
    return kind === undefined || says === kind ? [] : [`${page}: does not begin with *${kind}.*`];
  });
}

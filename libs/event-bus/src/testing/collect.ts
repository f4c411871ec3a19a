/** The first so many of what comes, fewer if it ends before. */
export async function collect<Item>(items: AsyncIterable<Item>, atMost: number): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length === atMost) break;
  }
  return found;
}

/** Stands for anything in an answer that a page shows. */
const anything = '…';

/**
 * Whether what came out is what the page shows. JSON: everything shown is there with the same value; fields that are
 * not shown may be there. Text: every line shown is there, in this order. `…` stands for anything; at the end of a JSON
 * list, for any further items.
 */
export function matchesAnswer(output: string, answer: string, language: string): boolean {
  if (language !== 'json') return matchesLines(output.split('\n'), answer.split('\n'));
  try {
    return matchesValue(JSON.parse(output), JSON.parse(answer));
  } catch {
    return false;
  }
}

function matchesValue(found: unknown, shown: unknown): boolean {
  if (shown === anything) return found !== undefined;
  if (typeof shown === 'string' && shown.includes(anything)) return typeof found === 'string' && fits(found, shown);
  if (typeof shown !== 'object' || shown === null) return found === shown;
  if (typeof found !== 'object' || found === null || Array.isArray(shown) !== Array.isArray(found)) return false;
  if (Array.isArray(shown)) return matchesList(found as readonly unknown[], shown);
  return Object.entries(shown).every(([name, value]) => matchesValue((found as Record<string, unknown>)[name], value));
}

function matchesList(found: readonly unknown[], shown: readonly unknown[]): boolean {
  const open = shown.at(-1) === anything;
  const items = open ? shown.slice(0, -1) : shown;
  if (open ? found.length < items.length : found.length !== items.length) return false;
  return items.every((item, index) => matchesValue(found[index], item));
}

function matchesLines(found: readonly string[], shown: readonly string[]): boolean {
  let from = 0;
  return shown.every((line) => {
    const at = found.findIndex((candidate, index) => index >= from && fits(candidate.trim(), line.trim()));
    from = at + 1;
    return at !== -1;
  });
}

/** Whether a text has the parts between the ellipses, in order, from its beginning to its end. */
function fits(text: string, shown: string): boolean {
  const parts = shown.split(anything).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`).test(text);
}

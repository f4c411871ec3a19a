/** The word that was probably meant, if one is at most two slips (a third of a short word) away. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let slips = Math.min(2, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const candidate of words) {
    const distance = slipsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (distance < slips) {
      best = candidate;
      slips = distance;
    }
  }
  return best;
}

/** Letters to insert, leave out, replace, or exchange with the next (Damerau and Levenshtein). */
function slipsBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    const before = rows[i - 1] as number[];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let slips = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        slips = Math.min(slips, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(slips);
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}

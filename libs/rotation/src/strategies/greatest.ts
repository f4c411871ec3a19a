interface Entry {
  readonly place: number;
  readonly value: number;
}

/** The greatest values of many, and where they stood; of equal ones, those that were added first. */
export class Greatest {
  private readonly atMost: number;
  private readonly entries: Entry[] = [];
  /** What does not exceed it need not be added; −∞ until there are enough. */
  least = -Infinity;

  constructor(atMost: number) {
    this.atMost = atMost;
  }

  add(place: number, value: number): void {
    const { entries, atMost } = this;
    if (entries.length === atMost && value <= this.least) return;
    let index = entries.length;
    while (index > 0 && (entries[index - 1] as Entry).value < value) index -= 1;
    entries.splice(index, 0, { place, value });
    if (entries.length > atMost) entries.pop();
    if (entries.length === atMost) this.least = (entries[atMost - 1] as Entry).value;
  }

  /** The greatest first. */
  inOrder(): readonly Entry[] {
    return this.entries;
  }
}

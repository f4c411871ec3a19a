/**
 * A map that can be changed on a trial basis: what is changed here does not touch the map below, and costs no more
 * than what was changed. The map below must not change while a layer above it is in use.
 */
export class Layer<Key, Value> {
  private readonly own = new Map<Key, Value>();
  private readonly copy: (value: Value) => Value;
  private readonly below: Layer<Key, Value> | undefined;

  /** `copy` makes the value that may be changed in place; for values that are only ever replaced, it gives them back. */
  constructor(copy: (value: Value) => Value, below?: Layer<Key, Value>) {
    this.copy = copy;
    this.below = below;
  }

  above(): Layer<Key, Value> {
    return new Layer(this.copy, this);
  }

  get(key: Key): Value | undefined {
    return this.own.get(key) ?? this.below?.get(key);
  }

  /** The value to change in place: a copy of the one below, made at the first change. */
  edit(key: Key): Value | undefined {
    const own = this.own.get(key);
    if (own !== undefined || this.below === undefined) return own;
    const below = this.below.get(key);
    if (below === undefined) return undefined;
    const copied = this.copy(below);
    this.own.set(key, copied);
    return copied;
  }

  /** Whether the value may be changed in place already. */
  owns(key: Key): boolean {
    return this.own.has(key);
  }

  set(key: Key, value: Value): void {
    this.own.set(key, value);
  }

  /** With everything that another one holds by itself. */
  fill(from: Layer<Key, Value>): void {
    for (const [key, value] of from.own) this.own.set(key, value);
  }
}

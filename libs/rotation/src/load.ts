import { Counts } from './counts.ts';

/** What a user has over all rotations. */
export class Load {
  /** Leads that they own and that are neither won nor lost. */
  open = 0;
  counts = new Counts();
  /** Position of their last turn among all turns of the organization; 0: never served. */
  lastTurn = 0;

  copy(): Load {
    const copied = new Load();
    copied.open = this.open;
    copied.counts = this.counts.copy();
    copied.lastTurn = this.lastTurn;
    return copied;
  }
}

/** The loads of all users by their number; one that is made above another keeps its changes to itself. */
export class Loads {
  private readonly below: Loads | undefined;
  private readonly all: Load[] = [];
  private readonly changed = new Map<number, Load>();

  constructor(below?: Loads) {
    this.below = below;
  }

  get(number: number): Load | undefined {
    if (this.below === undefined) return this.all[number];
    return this.changed.get(number) ?? this.below.get(number);
  }

  /** To be changed in place. */
  edit(number: number): Load {
    const own = this.below === undefined ? this.all[number] : this.changed.get(number);
    if (own !== undefined) return own;
    const fresh = this.below?.get(number)?.copy() ?? new Load();
    if (this.below === undefined) this.all[number] = fresh;
    else this.changed.set(number, fresh);
    return fresh;
  }
}

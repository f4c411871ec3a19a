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

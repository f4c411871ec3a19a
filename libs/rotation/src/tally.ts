/**
 * What strategies keep of every member, by place in the list: in columns, because some change it for everybody at every
 * turn, and a fork then copies an array instead of a thousand members, and only if its strategy changes it.
 */
export class Tally {
  private shared = new Set<'owed' | 'left' | 'present'>();
  /** weighted: what they are still owed, in 2⁻³² of a lead. */
  owed = new Float64Array();
  /** priority-tier: leads left in this cycle. */
  left = new Float64Array();
  /** fewest-assigned: 1 if they were present at the last turn. */
  present = new Float64Array();

  copy(): Tally {
    const copied = new Tally();
    copied.owed = this.owed;
    copied.left = this.left;
    copied.present = this.present;
    copied.shared = new Set(['owed', 'left', 'present']);
    return copied;
  }

  /** A column to be changed in place. */
  edit(column: 'owed' | 'left' | 'present'): Float64Array {
    if (this.shared.delete(column)) this[column] = this[column].slice();
    return this[column];
  }

  /** A new member starts with nothing owed, and full. */
  add(place: number, full: number): void {
    this.owed = withOne(this.owed, place, 0);
    this.left = withOne(this.left, place, full);
    this.present = withOne(this.present, place, 0);
  }

  remove(place: number): void {
    this.owed = withoutOne(this.owed, place);
    this.left = withoutOne(this.left, place);
    this.present = withoutOne(this.present, place);
  }

  move(from: number, to: number): void {
    this.owed = withOne(withoutOne(this.owed, from), to, this.owed[from]);
    this.left = withOne(withoutOne(this.left, from), to, this.left[from]);
    this.present = withOne(withoutOne(this.present, from), to, this.present[from]);
  }

  beginAnew(full: readonly number[]): void {
    this.owed = new Float64Array(full.length);
    this.left = Float64Array.from(full);
    this.present = new Float64Array(full.length);
  }
}

function withOne(column: Float64Array, place: number, value = 0): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(column.length + 1);
  longer.set(column.subarray(0, place));
  longer[place] = value;
  longer.set(column.subarray(place), place + 1);
  return longer;
}

function withoutOne(column: Float64Array, place: number): Float64Array<ArrayBuffer> {
  const shorter = new Float64Array(column.length - 1);
  shorter.set(column.subarray(0, place));
  shorter.set(column.subarray(place + 1), place);
  return shorter;
}

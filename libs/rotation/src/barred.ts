/** Who of a rotation's members cannot have a lead. */
export interface Barred {
  /** Codes of the reasons (`reason-codes.ts`) by place in the list; what stands behind the last member says nothing. */
  readonly codes: Uint8Array;
  /** Everybody is eligible, as far as is known without a look at each. */
  readonly isNobody: boolean;
}

let scratch = new Uint8Array(1_024);

/** Room for the codes of so many members. It is the same for everybody: valid until the next who asks. */
export function roomFor(length: number): Uint8Array {
  if (scratch.length < length) scratch = new Uint8Array(2 * length);
  return scratch;
}

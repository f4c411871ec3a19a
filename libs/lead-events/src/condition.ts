import { type Static, Type } from 'typebox';

const plain = Type.Union([Type.String(), Type.Number(), Type.Boolean()]);

/** A test of one field of a lead. A missing field fails every comparison but `isNot` and `exists: false`. */
export const comparison = Type.Object(
  {
    field: Type.String({ description: 'source, site, page, …, territory, or attributes.<name>' }),
    is: Type.Optional(plain),
    isNot: Type.Optional(plain),
    in: Type.Optional(Type.Array(plain)),
    startsWith: Type.Optional(Type.String()),
    contains: Type.Optional(Type.String()),
    matches: Type.Optional(Type.String({ description: 'glob: * and ?' })),
    above: Type.Optional(plain),
    atLeast: Type.Optional(plain),
    below: Type.Optional(plain),
    atMost: Type.Optional(plain),
    exists: Type.Optional(Type.Boolean()),
    during: Type.Optional(Type.String({ description: 'id of a calendar' })),
    inMember: Type.Optional(Type.String({ description: "attribute of the member's user; in a member's filter only" })),
  },
  { additionalProperties: false },
);
export type Comparison = Static<typeof comparison>;

/** Conditions are data: they are shown, compared and replayed, and never run as code. */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** The schema says no more than that it is an object; whoever takes a condition in checks it (`checkCondition`). */
export const condition = Type.Unsafe<Condition>({
  type: 'object',
  minProperties: 1,
  description: 'all, any, not, or a comparison of a field',
});

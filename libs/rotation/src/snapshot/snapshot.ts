import { Counts } from '../counts.ts';
import { Distribution } from '../distribution.ts';
import { Journal } from '../journal.ts';
import { Layer } from '../layer.ts';
import { Line } from '../line.ts';
import { Load, Loads } from '../load.ts';
import { Member } from '../member.ts';
import { Person } from '../person.ts';
import { Rotation } from '../rotation.ts';
import { Tally } from '../tally.ts';

/**
 * A distribution as plain data: arrays, numbers, texts and columns of numbers, which every structured clone takes. What
 * is met twice is written once and met again as the same.
 */
export type DistributionSnapshot = readonly unknown[];

type Fields = Record<string, unknown>;

/** How an instance of each class of the state comes about from its fields, which are made before. */
const classes: ReadonlyMap<string, { readonly prototype: object; revive(fields: Fields): object }> = new Map(
  Object.entries({
    Counts: plain(Counts),
    Line: plain(Line),
    Load: plain(Load),
    Loads: plain(Loads),
    Person: plain(Person),
    Tally: plain(Tally),
    Journal: { prototype: Journal.prototype, revive: () => new Journal() },
    Layer: plain(Layer),
    Member: { prototype: Member.prototype, revive: reviveMember },
    Rotation: { prototype: Rotation.prototype, revive: reviveRotation },
    Distribution: { prototype: Distribution.prototype, revive: reviveDistribution },
  }),
);
const names = new Map([...classes].map(([name, { prototype }]) => [prototype, name]));

/** Follow from the rest, or are functions of the class itself. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  Journal: ['below', 'first', 'entries'],
  Layer: ['copy', 'below'],
  Distribution: ['users', 'base'],
};

/**
 * Everything that a distribution knows; what it only remembers is left out. It must not be a fork.
 * @throws TypeError when the state holds something that is registered nowhere here.
 */
export function snapshotOf(distribution: Distribution): DistributionSnapshot {
  if (distribution.base !== undefined) throw new TypeError('a fork is no state to go on from');
  const seen = new Map<object, unknown[]>();
  const encode = (value: unknown): unknown => {
    if (typeof value === 'function') throw new TypeError(`the state holds a function: ${value.name}`);
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const node: unknown[] = [];
    seen.set(value, node);
    node.push(...partsOf(value, encode));
    return node;
  };
  return encode(distribution) as DistributionSnapshot;
}

/** The distribution of a snapshot. It shares nothing with any other, and may be changed. */
export function distributionOf(snapshot: DistributionSnapshot): Distribution {
  const made = new Map<unknown, unknown>();
  const decode = (node: unknown): unknown => {
    if (!Array.isArray(node)) return node;
    if (!made.has(node)) made.set(node, revive(node as [string, ...unknown[]], decode));
    return made.get(node);
  };
  return decode(snapshot) as Distribution;
}

function partsOf(value: object, encode: (value: unknown) => unknown): unknown[] {
  if (Array.isArray(value)) return ['list', Array.from(value, encode)];
  if (value instanceof Map) return ['map', Array.from(value, ([key, one]) => [encode(key), encode(one)])];
  if (value instanceof Set) return ['set', Array.from(value, encode)];
  if (value instanceof Float64Array) return ['column', value.slice()];
  const prototype = Object.getPrototypeOf(value);
  const name = prototype === Object.prototype || prototype === null ? 'object' : names.get(prototype);
  if (name === undefined) throw new TypeError(`the state holds a ${value.constructor.name}, which no snapshot knows`);
  const omitted = leftOut[name] ?? [];
  const fields = Object.entries(value).filter(([field]) => !omitted.includes(field));
  return [name, fields.map(([field, one]) => [field, encode(one)])];
}

function revive([kind, content]: [string, ...unknown[]], decode: (node: unknown) => unknown): unknown {
  if (kind === 'column') return new Float64Array(content as Float64Array);
  const parts = content as unknown[];
  if (kind === 'list') return parts.map(decode);
  if (kind === 'set') return new Set(parts.map(decode));
  const pairs = (parts as [unknown, unknown][]).map(([key, one]) => [decode(key), decode(one)] as const);
  if (kind === 'map') return new Map(pairs);
  const fields = Object.fromEntries(pairs as (readonly [string, unknown])[]);
  return kind === 'object' ? fields : classes.get(kind)?.revive(fields);
}

function plain({ prototype }: { readonly prototype: object }) {
  return { prototype, revive: (fields: Fields): object => Object.assign(Object.create(prototype), fields) };
}

function reviveMember(fields: Fields): Member {
  return Object.assign(new Member(fields.person as Person, fields.own as Member['settings']), fields);
}

function reviveRotation(fields: Fields): Rotation {
  const { id, name, on, current } = fields as Pick<Rotation, 'id' | 'name' | 'on'> & { current: Rotation['settings'] };
  const rotation = Object.assign(new Rotation(id, name, on, current), fields);
  for (const member of rotation.list) member.keptBy(rotation);
  return rotation;
}

/** Its tables are made by its constructor, and filled: they know how their values are copied. */
function reviveDistribution(fields: Fields): Distribution {
  const distribution = new Distribution();
  for (const [field, value] of Object.entries(fields)) {
    const own = distribution[field as keyof Distribution] as unknown;
    if (own instanceof Layer) own.fill(value as Layer<unknown, unknown>);
    else if (!(own instanceof Journal)) Object.assign(distribution, { [field]: value });
  }
  return distribution;
}

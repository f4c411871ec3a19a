import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { cursorFrom, wholeNumber } from './whole-number.ts';

/** Most entries of a page. */
const largest = 200;

/** A page of a list in a fixed order, and from where the next one goes on. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

/** How many entries a page has. @throws InvalidRequest */
export const limitOf = (text = '50'): number => wholeNumber('limit', text, largest);

/**
 * The entries from a cursor on: the place in a list that only grows at its end, so that nothing is shown twice or left out.
 * @throws InvalidRequest for a limit or a cursor that cannot be one.
 */
export function pageOf<Item>(list: readonly Item[], limitText: string | undefined, cursor = '0'): ListPage<Item> {
  const limit = limitOf(limitText);
  const from = cursorFrom(cursor, 0);
  const next = from + limit;
  return { items: list.slice(from, next), ...(next < list.length ? { cursor: String(next) } : {}) };
}

/**
 * The entries of what is defined by name, in the order of the names; the cursor is the last name shown, so that whatever
 * is defined or deleted between two pages moves nothing.
 */
export function pageByName<Value>(
  defined: ReadonlyMap<string, Value>,
  limitText: string | undefined,
  cursor = '',
): ListPage<readonly [string, Value]> {
  const limit = limitOf(limitText);
  const names = [...defined.keys()].filter((name) => name > cursor).sort();
  const items = names.slice(0, limit).map((name) => [name, defined.get(name) as Value] as const);
  return { items, ...(names.length > limit ? { cursor: items.at(-1)?.[0] as string } : {}) };
}

/**
 * The newest entries of a history that stand before a position; entries that come in while somebody reads move nothing.
 * @throws InvalidRequest for a limit or a cursor that cannot be one.
 */
export function newestFirst<Entry extends { readonly position?: number }>(
  oldestFirst: readonly Entry[],
  limitText: string | undefined,
  cursor?: string,
): ListPage<Entry> {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : cursorFrom(cursor, 1);
  const older = oldestFirst.filter(({ position = 0 }) => position < before).reverse();
  const { items, cursor: more } = pageOf(older, limitText);
  return { items, ...(more === undefined ? {} : { cursor: String(items.at(-1)?.position) }) };
}

/** The queries of a list, for the API's page. */
export const DescribePage = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'limit', required: false, example: 50, description: `at most so many, up to ${largest}` }),
    ApiQuery({ name: 'cursor', required: false, description: 'from the page before' }),
  );

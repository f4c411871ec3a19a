import type { Position } from '@lead-rotator/event-sourcing';
import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { cursorFrom, wholeNumber } from './whole-number.ts';

const largestPage = 200;

/** A page of a list that is in the order of the log: its cursor is the position of the last entry before. */
export interface PositionPage {
  readonly limit: number;
  /** Undefined: from the beginning of the list. */
  readonly cursor: Position | undefined;
}

/** @throws InvalidRequest for a limit or a cursor that cannot be one. */
export function positionPage(limit = '50', cursor: string | undefined): PositionPage {
  return {
    limit: wholeNumber('limit', limit, largestPage),
    cursor: cursor === undefined ? undefined : cursorFrom(cursor, 1),
  };
}

/** Of rows of which one more than the limit was read: those of the page, and the cursor of the next, if there is one. */
export function cutPage<Row>(rows: readonly Row[], limit: number, positionOf: (row: Row) => Position) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, next: rows.length > limit && last !== undefined ? { cursor: String(positionOf(last)) } : {} };
}

/** The queries of such a list, for the API's page. */
export const DescribePositionPage = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'limit', required: false, example: 50, description: `at most so many, up to ${largestPage}` }),
    ApiQuery({ name: 'cursor', required: false, description: 'from the page before' }),
  );

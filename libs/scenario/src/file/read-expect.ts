import { notices, passOverReasons } from '@lead-rotator/lead-events';
import { instant, listOf, mapOf, oneOf, optional, type Read, shape, text, whole } from './read.ts';

const orNobody: Read<string | null> = (value, path) => (value === null ? null : text(value, path));
const toSecond: Read<string> = (value, path) => isoSecond(instant(value, path));

/** An instant to the second, as results show it. */
export const isoSecond = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** What must have come out after the last step. */
export const readExpect = shape({
  owners: optional(mapOf(orNobody)),
  order: optional(mapOf(listOf(text))),
  sent: optional(mapOf(mapOf(whole()))),
  next: optional(mapOf(orNobody)),
  history: optional(mapOf(listOf(text))),
  claimed: optional(listOf(text)),
  open: optional(mapOf(whole(0))),
  waiting: optional(listOf(text)),
  reassignedAt: optional(mapOf(toSecond)),
  due: optional(mapOf(toSecond)),
  skipped: optional(mapOf(mapOf(oneOf(...passOverReasons)))),
  notices: optional(mapOf(listOf(oneOf(...notices)))),
});
export type Expectation = ReturnType<typeof readExpect>;

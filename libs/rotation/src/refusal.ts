import { Rejection } from '@lead-rotator/event-sourcing';

/** Codes with which the domain says no (scenario format reference). */
export type RefusalCode =
  | 'unknown-user'
  | 'inactive-user'
  | 'not-in-team'
  | 'already-member'
  | 'not-a-member'
  | 'unknown-lead'
  | 'unknown-rotation'
  | 'not-owner'
  | 'too-late'
  | 'taken'
  | 'not-allowed'
  | 'not-in-queue'
  | 'not-permitted-status'
  | 'closed'
  | 'in-use'
  | 'invalid';

/** Something in a command cannot be: where, and why; `more` has what was found, and the word that was probably meant. */
export const invalid = (
  path: string,
  fault: string,
  more: { readonly found?: unknown; readonly meant?: string | undefined } = {},
): Rejection<'invalid'> => new Rejection('invalid', { path, fault, ...more });

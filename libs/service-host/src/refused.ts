import type { Rejection } from '@lead-rotator/event-sourcing';

/** Carries a rejection of the domain out of a handler to whoever asked; the answer is by its code. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly rejection: Rejection) {
    super(rejection.code);
  }
}

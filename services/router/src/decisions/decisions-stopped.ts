/**
 * This copy must not decide at present: its projection stands still. Nobody's message is at fault, so the batch comes
 * again; readiness says why.
 */
export class DecisionsStopped extends Error {
  override readonly name = 'DecisionsStopped';
  readonly canRetry = true;
}

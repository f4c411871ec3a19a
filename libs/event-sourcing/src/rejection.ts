/** The domain said no: answered by its code, never retried. */
export class Rejection<Code extends string = string> {
  readonly code: Code;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: Code, facts: Readonly<Record<string, unknown>> = {}) {
    this.code = code;
    this.facts = facts;
  }
}

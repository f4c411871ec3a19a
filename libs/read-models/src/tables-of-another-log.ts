import { LogReplaced } from '@lead-rotator/event-log';

/** The tables were made from another log, or from this one before it was restored. */
export class TablesOfAnotherLog extends LogReplaced {
  constructor(tables: string, expected: string, found: string) {
    super(expected, found);
    this.message = `${tables} were made from log ${expected}, and this is log ${found}: run \`lead-rotator rebuild\``;
  }
}

import type { Position } from '@lead-rotator/event-sourcing';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { ReportFault } from './fault.ts';
import type { ReadModelCheck, ReplayedRows, StoredRows } from './read-model-check.ts';

/** One read model against its replay: opened before the log is read, so that the replay can reach the rows. */
export class ReadModelComparison {
  private constructor(
    readonly name: string,
    private readonly stored: StoredRows,
    private readonly replayed: ReplayedRows,
  ) {}

  static async open(check: ReadModelCheck): Promise<ReadModelComparison> {
    return new ReadModelComparison(check.name, await check.openStored(), check.replay());
  }

  see(event: RecordedLeadEvent): void {
    if (event.position <= this.stored.position) this.replayed.see(event);
  }

  /** Contents are not part of the report: they may be personal data. */
  async compare(head: Position, report: ReportFault): Promise<number> {
    const { position } = this.stored;
    const model = this.name;
    if (position > head) report('read-model-ahead', { position }, { model, head });
    const expected = new Map(this.replayed.rows());
    let rows = 0;
    for await (const [key, content] of this.stored.rows()) {
      rows += 1;
      const found = expected.get(key);
      if (found === undefined)
        report('read-model-differs', { position }, { model, row: key, how: 'not in the replay' });
      else if (found !== content)
        report('read-model-differs', { position }, { model, row: key, how: 'another content' });
      expected.delete(key);
    }
    for (const key of expected.keys()) {
      report('read-model-differs', { position }, { model, row: key, how: 'missing' });
    }
    return rows;
  }

  close(): Promise<void> {
    return this.stored.close();
  }
}

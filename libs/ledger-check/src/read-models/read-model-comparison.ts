import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { ReportFault } from '../fault.ts';
import type { OpenReadModel, ReadModelCheck } from './read-model-check.ts';

/** The read models that are checked along with a reading of the log. */
export class ReadModelComparison {
  private constructor(private readonly models: readonly (readonly [name: string, model: OpenReadModel])[]) {}

  static async open(checks: readonly ReadModelCheck[]): Promise<ReadModelComparison> {
    const models: [string, OpenReadModel][] = [];
    try {
      for (const check of checks) models.push([check.name, await check.open()]);
    } catch (error) {
      for (const [, model] of models) await model.close();
      throw error;
    }
    return new ReadModelComparison(models);
  }

  async replay(events: readonly RecordedEvent[]): Promise<void> {
    for (const [, model] of this.models) {
      const [first] = events;
      if (first === undefined || first.position > model.position) continue;
      await model.replay(events.filter(({ position }) => position <= model.position));
    }
  }

  /** @returns how many rows each has. */
  async compare(
    log: { readonly id: string; readonly head: Position },
    report: ReportFault,
  ): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [name, model] of this.models) {
      const { position, logId } = model;
      const { id, head } = log;
      if (logId !== undefined && logId !== id) {
        report('read-model-of-another-log', { position }, { model: name, itsLog: logId });
      } else if (position > head) report('read-model-ahead', { position }, { model: name, head });
      const { rows, different } = await model.compare();
      for (const { row, how } of different) report('read-model-differs', { position }, { model: name, row, how });
      counts[name] = rows;
    }
    return counts;
  }

  async close(): Promise<void> {
    for (const [, model] of this.models) await model.close();
  }
}

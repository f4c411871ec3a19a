import type { TableProjector } from '@lead-rotator/read-models';

/** The projector of queues, notices and reports; says how far they are behind the log. */
export class LeadTables {
  constructor(readonly projector: TableProjector) {}

  /** Positions that the tables are behind the head of the log, as last seen by this copy. */
  get behind(): number {
    return this.projector.lag;
  }
}

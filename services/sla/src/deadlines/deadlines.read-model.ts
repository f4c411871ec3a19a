import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { Brackets, type Repository } from 'typeorm';
import { beforeAll, type DeadlinePlace } from './deadline-table.ts';
import { OpenDeadline } from './open-deadline.entity.ts';

/** Open deadlines as the table says: it may be a little behind the log. */
export class Deadlines {
  constructor(private readonly rows: Repository<OpenDeadline>) {}

  /** The next that are due in an organization, behind a place, in the order in which they fire. */
  next(
    organizationId: OrganizationId,
    { due, assigned }: DeadlinePlace = beforeAll,
    limit: number,
  ): Promise<OpenDeadline[]> {
    return this.rows
      .createQueryBuilder('deadline')
      .where({ organizationId })
      .andWhere(
        new Brackets((place) =>
          place.where('(deadline.due, deadline.assigned) > (:due, :assigned)', { due, assigned }),
        ),
      )
      .orderBy({ 'deadline.due': 'ASC', 'deadline.assigned': 'ASC' })
      .limit(limit)
      .getMany();
  }

  count(): Promise<number> {
    return this.rows.count();
  }
}

import { answerMilliseconds, connectionSettings, serviceRole } from '@lead-rotator/postgres';
import type { OnModuleDestroy } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { OpenDeadline } from './open-deadline.entity.ts';

/** TypeORM's connection, for reading the table; the projector that writes it has the pool of the process. */
export class DeadlinesSource implements OnModuleDestroy {
  private constructor(private readonly source: DataSource) {}

  static async open(url: string): Promise<DeadlinesSource> {
    const source = new DataSource({
      type: 'postgres',
      entities: [OpenDeadline],
      extra: connectionSettings({
        url,
        applicationName: 'lead-rotator sla reads',
        role: serviceRole,
        max: 2,
        answerMilliseconds,
      }),
    });
    return new DeadlinesSource(await source.initialize());
  }

  get rows(): Repository<OpenDeadline> {
    return this.source.getRepository(OpenDeadline);
  }

  async onModuleDestroy(): Promise<void> {
    await this.source.destroy();
  }
}

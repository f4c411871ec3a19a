import { answerMilliseconds, connectionSettings, serviceRole } from '@lead-rotator/postgres';
import type { OnModuleDestroy } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { OwnedLead } from './owned-lead.entity.ts';

/** TypeORM's connection, for reading the table; the projector that writes it has the pool of the process. */
export class OwnedLeadsSource implements OnModuleDestroy {
  private constructor(private readonly source: DataSource) {}

  static async open(url: string): Promise<OwnedLeadsSource> {
    const source = new DataSource({
      type: 'postgres',
      entities: [OwnedLead],
      extra: connectionSettings({
        url,
        applicationName: 'lead-rotator router reads',
        role: serviceRole,
        max: 4,
        answerMilliseconds,
      }),
    });
    return new OwnedLeadsSource(await source.initialize());
  }

  get rows(): Repository<OwnedLead> {
    return this.source.getRepository(OwnedLead);
  }

  async onModuleDestroy(): Promise<void> {
    await this.source.destroy();
  }
}

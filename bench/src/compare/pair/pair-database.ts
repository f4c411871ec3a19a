import { DataSource } from 'typeorm';
import { LeadEntity } from './lead.entity.ts';
import { RotationEntity } from './rotation.entity.ts';

/** The one rotation. */
export const rotationId = 'web';

/** The pair's tables, by TypeORM, over at most ten connections. */
export const pairDatabase = (url: string): DataSource =>
  new DataSource({ type: 'postgres', url, entities: [LeadEntity, RotationEntity], poolSize: 10, logging: false });

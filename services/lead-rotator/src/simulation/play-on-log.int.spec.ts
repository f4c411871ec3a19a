import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { createTestDatabase, serviceRole } from '@lead-rotator/postgres';
import { parseScenario, playScenario } from '@lead-rotator/scenario';
import { playOnLog } from './play-on-log.ts';

const libs = new URL('../../../../libs/scenario/', import.meta.url);
const files = ['scenarios/', 'examples/'].flatMap((folder) =>
  readdirSync(new URL(folder, libs)).map((file) => [folder + file]),
);

describe('a scenario played against a log on PostgreSQL', () => {
  it.each(files)('%s comes out as it does in memory', async (file) => {
    const scenario = parseScenario(readFileSync(new URL(file, libs), 'utf8'));
    const database = await createTestDatabase([...eventLogMigrations]);
    const log = new PostgresEventLog({ url: database.url, applicationName: 'simulation', role: serviceRole });
    try {
      const [onLog, inMemory] = [await playOnLog(scenario, log), playScenario(scenario)];
      expect(onLog.differences).toEqual([]);
      expect(onLog.result).toEqual(inMemory.result);
      expect(onLog.events.map(({ type }) => type)).toEqual(inMemory.events.map(({ type }) => type));
      expect(await log.head()).toBe(inMemory.events.length);
    } finally {
      await log.close();
      await database.drop();
    }
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { ApiKeys, parseSettings } from '@lead-rotator/service-host';
import type { Command } from 'commander';
import { ApiClient } from '../demo/api-client.ts';
import { playDemo } from '../demo/play-demo.ts';
import { eventLine } from '../log-printer/event-line.ts';
import { chooseServices } from '../services.ts';
import { startProcess } from '../start-process.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('show the product in under a minute, with sample users and leads; keeps nothing')
    .action(demo);
}

/** The real services on a database and a local bus of their own, whatever the environment says. */
async function demo(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'lead-rotator-demo-'));
  const settings = parseSettings({ LEAD_ROTATOR_HOME: home, PORT: '0', LOG_LEVEL: 'error' });
  console.log('Starting PostgreSQL and all services, in a folder that is removed at the end …');
  try {
    const { url, host, close } = await startProcess(settings, chooseServices(['all'], settings), 'demo');
    try {
      const { key } = await new ApiKeys(host.database.pool).create(defaultOrganization, { kind: 'admin' });
      await playDemo(new ApiClient(url, key), (line) => console.log(line));
      console.log('\nThe log, from which all of this is derived:\n');
      const { events } = await host.log.read();
      for (const event of events) console.log(eventLine(event));
      console.log('\nnpm start runs it for real.');
    } finally {
      await close();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'lead-rotator-test-';

/** Makes the folder of this run. The server itself is started by the first spec that needs one: see `testServer`. */
export default function setUpRun() {
  removeLeftovers();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(folder, 'run.pid'), String(process.pid));
  process.env.LEAD_ROTATOR_TEST_RUN = folder;
}

/** The folders of runs that were killed; their servers have ended with them. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    try {
      process.kill(Number.parseInt(readFileSync(join(folder, 'run.pid'), 'utf8'), 10), 0);
    } catch (error) {
      if (error.code === 'ESRCH') rmSync(folder, { recursive: true, force: true });
    }
  }
}

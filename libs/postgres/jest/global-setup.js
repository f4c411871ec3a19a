import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder of this run. The server itself is started by the first spec that needs one: see `testServer`. */
export default function setUpRun() {
  process.env.LEAD_ROTATOR_TEST_RUN = mkdtempSync(join(tmpdir(), 'lead-rotator-test-'));
}

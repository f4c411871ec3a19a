import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { leadIds, runCommand, ServiceProcess, sampleLead } from '@lead-rotator/test-cluster';

const minute = 60_000;
const megabyte = 1_048_576;
const perBatch = 200;

/** A small disk of its own, for which one has to be root. */
function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'lead-rotator', folder], { stdio: 'ignore' });
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

const disk = mountSmallDisk();

describe('everything in one process, on a disk that fills up', () => {
  if (disk === undefined) {
    it.skip('is skipped: one has to be root to mount a disk', () => undefined);
    return;
  }
  const ballast = join(disk, 'ballast');
  const environment = {
    LEAD_ROTATOR_HOME: join(disk, 'home'),
    DATABASE_URL: '',
    KAFKA_BROKERS: '',
    LOG_LEVEL: 'error',
  };
  let running: ServiceProcess | undefined;

  afterAll(async () => {
    await running?.end();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  it(
    'refuses leads with 503 while it is full, goes on by itself, and has each lead that it took',
    async () => {
      running = await ServiceProcess.start(['all'], environment);
      const { url, key } = running;
      const connection = 'close';
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection };
      const taken = new Set<string>();
      const post = async (prefix: string) => {
        const body = JSON.stringify(leadIds(prefix, perBatch).map(sampleLead));
        const answer = await fetch(`${url}/leads/batch`, { method: 'POST', headers, body }).catch((error: Error) => {
          throw new Error(`no answer, ended: ${running?.hasEnded}: ${running?.output.slice(-3_000)}`, { cause: error });
        });
        const { repeated } = (await answer.json()) as { repeated?: number };
        // Also what is there already: a 503 says that it is not known whether the leads were taken.
        if (answer.ok) taken.add(prefix);
        return { status: answer.status, repeated };
      };
      expect(await post('before')).toEqual({ status: 200, repeated: 0 });

      const { bavail, bsize } = statfsSync(disk);
      // Not in one go: while we stand still nobody sees that the server has closed the connection of the last request.
      await writeFile(ballast, Buffer.alloc(bavail * bsize - 6 * megabyte));
      const answers: number[] = [];
      for (let batch = 0; answers.filter((status) => status === 503).length < 5; batch += 1) {
        answers.push((await post(`full-${batch}`)).status);
        if (batch > 500) throw new Error(`never full: ${answers}`);
      }
      expect([...new Set(answers)].sort()).toEqual([200, 503]);
      rmSync(ballast);

      await eventually(async () => {
        expect((await post('after')).status).toBe(200);
        expect(await running?.isReady()).toBe(true);
      });
      expect(running.hasEnded).toBe(false);
      for (const prefix of taken) expect(await post(prefix)).toEqual({ status: 200, repeated: perBatch });
      await eventually(async () => {
        const check = await runCommand(['check', '--late', '120'], environment);
        expect(check.output).toContain('no faults');
        expect(check.exitCode).toBe(0);
      });
    },
    6 * minute,
  );
});

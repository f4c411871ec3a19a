import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { program, runCommand, ServiceProcess } from '@lead-rotator/test-cluster';

const lead = { id: 'first', source: 'website', email: 'kim@lead.example' };

describe('serve all, with nothing installed', () => {
  let home: string;
  let served: ServiceProcess;
  const environment = () => ({ LEAD_ROTATOR_HOME: home, DATABASE_URL: '', KAFKA_BROKERS: '' });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'lead-rotator-serve-'));
    served = await ServiceProcess.start(['all'], environment());
  });

  afterAll(async () => {
    await served?.end();
    rmSync(home, { recursive: true, force: true });
  });

  const send = async () => {
    const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${served.url}/leads`, { method: 'POST', headers, body: JSON.stringify(lead) });
    return { status: answer.status, body: await answer.text() };
  };

  it('says where it listens, a line that sends the first lead when pasted into a shell, and where the API is', async () => {
    expect(served.output).toContain(`listens at ${served.url}`);
    expect(served.output).toContain(`${served.url}/docs`);
    const line = /curl .*$/m.exec(served.output)?.[0] ?? '';
    expect(JSON.parse(execFileSync('sh', ['-c', line], { encoding: 'utf8' }))).toMatchObject({ position: 1 });
    const { status, url } = await fetch(served.url);
    expect({ status, url }).toEqual({ status: 200, url: `${served.url}/docs` });
  });

  it('shares its database with a command beside it', async () => {
    await send();
    const { exitCode, output } = await runCommand(['log', '--type', 'LeadCaptured'], environment());
    expect(exitCode).toBe(0);
    expect(output).toContain('sourceLeadId first');
  });

  it('makes keys for others beside the first, lists them without showing them, and ends them', async () => {
    expect(served.output).toContain(`Admin key:   ${served.key}`);
    const { output } = await runCommand(['keys', 'create', '--source', 'website'], environment());
    const headers = { authorization: `Bearer ${output.trim()}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ ...lead, id: 'by-source' });
    expect((await fetch(`${served.url}/leads`, { method: 'POST', headers, body })).status).toBe(201);
    expect((await fetch(`${served.url}/users`, { headers })).status).toBe(403);
    const listed = (await runCommand(['keys', 'list'], environment())).output;
    expect(listed).toMatch(/^[0-9a-f]{12} {2}default {2}admin .*\n[0-9a-f]{12} {2}default {2}source website /);
    expect(listed).not.toContain('lr_');
    const id = /^(\w+) .*source/m.exec(listed)?.[1] ?? '';
    expect((await runCommand(['keys', 'revoke', id], environment())).exitCode).toBe(0);
    expect((await runCommand(['keys', 'list'], environment())).output).toMatch(/source website .*, revoked /);
    expect(await runCommand(['keys', 'create', '--user', 'nobody'], environment())).toMatchObject({ exitCode: 1 });
  });

  it('names the setting when the database or the folder cannot be had', async () => {
    const noDatabase = await runCommand(['check'], { ...environment(), DATABASE_URL: 'postgres://127.0.0.1:1/none' });
    expect(noDatabase).toMatchObject({ exitCode: 1, output: expect.stringMatching(/^DATABASE_URL: connect ECONN/m) });
    const none = join(home, 'nothing-here');
    const wrongHome = await runCommand(['check'], { ...environment(), LEAD_ROTATOR_HOME: none });
    expect(wrongHome).toMatchObject({ exitCode: 1, output: expect.stringContaining(`there is no log in ${none}`) });
    expect(existsSync(none)).toBe(false);
    const noFolder = await runCommand(['serve', 'all'], {
      ...environment(),
      LEAD_ROTATOR_HOME: join(home, 'database-url'),
    });
    expect(noFolder).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/in LEAD_ROTATOR_HOME: .* is no folder/),
    });
  });

  it('makes no key for a source without a name: a variable of a script that was not set', async () => {
    const nameless = await runCommand(['keys', 'create', '--source', ''], environment());
    expect(nameless).toMatchObject({ exitCode: 1, output: expect.stringContaining('--source is empty') });
  });

  it('finds its data after it was killed', async () => {
    const before = await send();
    await served.end('SIGKILL');
    await served.start();
    expect(served.output.split('Admin key:')).toHaveLength(2);
    expect(served.output).toContain('Another key: npx lead-rotator keys create --admin');
    expect(await send()).toEqual({ status: 200, body: before.body });
  });

  it('stops everything it started when asked to, and finds its data again', async () => {
    const before = await send();
    const server = Number.parseInt(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10);
    await served.end();
    expect(() => process.kill(server, 0)).toThrow('ESRCH');
    await served.start();
    expect(await send()).toEqual({ status: 200, body: before.body });
  });

  it('goes on with the database, and who follows the log with it, when the process that has started it ends', async () => {
    const other = await ServiceProcess.start(['intake'], environment());
    const follower = spawn(process.execPath, [program, 'log', '--follow', '--type', 'LeadCaptured'], {
      env: { ...process.env, ...environment() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let followed = '';
    follower.stdout.on('data', (chunk) => {
      followed += String(chunk);
    });
    try {
      await eventually(() => expect(followed).toContain('first'));
      await served.end();
      const headers = { authorization: `Bearer ${served.key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ ...lead, id: 'taken-over' });
      const post = () => fetch(`${other.url}/leads`, { method: 'POST', headers, body }).then(({ status }) => status);
      await eventually(async () => expect([200, 201]).toContain(await post()));
      await eventually(async () => expect(await other.isReady()).toBe(true));
      await eventually(async () => expect(followed).toContain('taken-over'));
      await served.start();
      expect(await send()).toMatchObject({ status: 200 });
      await other.end();
      await eventually(async () => expect((await send()).status).toBe(200));
    } finally {
      follower.kill();
      await other.end();
    }
  });

  it('says in one line that its port is taken', async () => {
    const { port } = new URL(served.url);
    const { exitCode, output } = await runCommand(['serve', 'intake'], { ...environment(), PORT: port });
    expect(exitCode).toBe(1);
    expect(output).toContain(`port ${port} of 127.0.0.1 is taken`);
  });

  it('says every fault of its settings in one message', async () => {
    const { exitCode, output } = await runCommand(['serve', 'all'], {
      ...environment(),
      PORT: 'x',
      LOG_LEVEL: 'loud',
    });
    expect(exitCode).toBe(1);
    expect(output).toContain('PORT is "x"');
    expect(output).toContain('LOG_LEVEL is "loud"');
  });
});

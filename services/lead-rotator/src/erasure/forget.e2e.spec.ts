import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { runCommand } from '@lead-rotator/test-cluster';
import { Office } from '../testing/office.ts';

const [email, phone] = ['Kim.Lee@lead.example', '+4915112345678'];
const person = { firstName: 'Kimberly', lastName: 'Leeuwen', email, phone, attributes: { budget: 5_000_000 } };
const traces = ['Kimberly', 'Leeuwen', email, email.toLowerCase(), phone, '5000000', 'lou@lead.example'];

describe('a person who is forgotten', () => {
  let office: Office;
  let own: string[];
  let other: string;
  let shared: string;

  beforeAll(async () => {
    office = await Office.open();
    await office.rotations({ web: { members: ['ann', 'bob'] } });
    own = [await office.lead('web', 'k1', person), await office.lead('web', 'k2', { email: undefined, phone })];
    shared = await office.lead('web', 'k3', { email: 'lou@lead.example', phone });
    other = await office.lead('web', 'o1', { firstName: 'Otto' });
    await eventually(async () =>
      expect((await office.get(`/leads/${other}`)).body).toMatchObject({ state: 'assigned' }),
    );
  });
  afterAll(() => office?.close());

  const run = (...parameters: string[]) =>
    runCommand(parameters, { DATABASE_URL: office.databaseUrl, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' });
  const forget = async (...parameters: string[]) => {
    const { stdout, exitCode } = await run('forget', '--json', ...parameters);
    return exitCode === 0 ? JSON.parse(stdout) : exitCode;
  };

  it('is told before it is done, and nothing happens without a yes', async () => {
    expect(await forget(email)).toMatchObject({ erased: false, leadIds: own, sharing: [shared] });
    expect(JSON.stringify((await office.get(`/leads/${own[0]}`)).body)).toContain('Kimberly');
  });

  it('is in no answer, no command and no export any more, while the services go on', async () => {
    expect(await forget(email.toUpperCase(), '--yes')).toMatchObject({ erased: true, leadIds: own });
    expect((await office.get(`/leads/${shared}`)).body).toMatchObject({ person: { email: 'lou@lead.example' } });
    expect(await forget(shared, '--yes')).toMatchObject({ leadIds: expect.arrayContaining([shared]) });
    const out = join(await mkdtemp(join(tmpdir(), 'lead-rotator-')), 'export');
    const printed = [
      ...(await Promise.all([...own, shared].map((leadId) => office.text(`/leads/${leadId}`)))),
      await office.text('/users/ann/leads'),
      await office.text('/users/bob/leads'),
      await office.text('/reports/distribution?by=member'),
      (await run('log', '--json', '--open')).output,
      (await run('export', '--out', out)).output,
      ...(await Promise.all((await readdir(out)).map((file) => readFile(join(out, file), 'utf8')))),
    ];
    const lead = (await office.get(`/leads/${own[0]}`)).body;
    expect(lead).toMatchObject({ state: 'assigned', person: { erased: true } });
    for (const trace of traces) {
      const showing = printed.filter((text) => text.includes(trace));
      expect({ trace, showing }).toEqual({ trace, showing: [] });
    }
    expect(printed.join()).toContain('Otto');
    await rm(out, { recursive: true });
  });

  it('leaves a log that is unchanged and right, and comes again as somebody new', async () => {
    const [verified, checked] = [await run('verify'), await run('check')];
    expect([verified.exitCode, checked.exitCode]).toEqual([0, 0]);
    expect(await forget(email)).toBe(1);
    expect(await forget('00000000-0000-5000-8000-000000000000')).toBe(1);
    const again = await office.lead('web', 'k4', { email });
    expect(await forget(email)).toMatchObject({ leadIds: [again], sharing: [] });
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { sampleUnit } from './contract/sample-unit.ts';
import { LogReplaced, LogUnavailable } from './errors.ts';
import { follow, TroubledLog } from './testing/troubled-log.ts';

describe('the identity of the log on PostgreSQL', () => {
  let trouble: TroubledLog;

  beforeEach(async () => {
    trouble = await TroubledLog.create();
  });
  afterEach(() => trouble.close());

  it('stops a follower when the log behind a new connection is another', async () => {
    const { proxy, log } = await trouble.openProxy();
    const follower = follow(log, 50);
    await log.append(sampleUnit('a'));
    await eventually(() => expect(follower.positions).toHaveLength(1));
    await trouble.owner.query('select renew_log_identity()');
    proxy.cut();
    await expect(follower.ended).rejects.toBeInstanceOf(LogReplaced);
  });

  it('appends nothing to another log than the one it began on, also over a connection that it has', async () => {
    const [writer, reader] = [trouble.openLog(), trouble.openLog()];
    await writer.append(sampleUnit('a'));
    await reader.id();
    await trouble.owner.query('select renew_log_identity()');
    await expect(writer.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogReplaced);
    await expect(reader.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogReplaced);
    await expect(writer.requireSame()).rejects.toBeInstanceOf(LogReplaced);
    await expect(reader.requireSame()).rejects.toBeInstanceOf(LogReplaced);
    expect(await writer.head()).toBe(1);
    expect(await trouble.openLog().restoredUpTo()).toBe(1);
    expect(await trouble.openLog().append(sampleUnit('b'))).toMatchObject({ first: 2, repeated: false });
  });

  it('is unavailable while it has no id, or no tables, as when it is restored in place', async () => {
    const quick = trouble.openLog({ patienceMilliseconds: 200 });
    await eventually(() => quick.append(sampleUnit('a')));
    await trouble.owner.query('alter table log_identity rename to log_identity_before');
    await trouble.owner.query('create table log_identity (like log_identity_before)');
    await trouble.owner.query('grant select on log_identity to public');
    await expect(quick.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await trouble.owner.query('drop table log_identity');
    await expect(quick.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await trouble.owner.query('alter table log_identity_before rename to log_identity');
    await eventually(async () => expect(await quick.append(sampleUnit('b'))).toMatchObject({ first: 2 }));
  });
});

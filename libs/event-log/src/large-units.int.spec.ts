import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { sampleEvent, sampleUnit } from './contract/sample-unit.ts';
import { TroubledLog } from './testing/troubled-log.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('large units, on PostgreSQL', () => {
  let trouble: TroubledLog;

  beforeEach(async () => {
    trouble = await TroubledLog.create();
  });
  afterEach(() => trouble.close());

  it('lets others in between the parts of many large units, which stay in order', async () => {
    const log = trouble.openLog();
    const large = upTo(16).map((n) =>
      sampleUnit(`large-${n}`, { events: [sampleEvent({ data: { text: 'x'.repeat(400_000) } })] }),
    );
    await trouble.owner.query('begin');
    await trouble.appendUnfinished(trouble.owner, sampleUnit('held'));
    const appending = log.appendAll(large);
    await eventually(async () => expect(await trouble.waitingForLock()).toBe(1));
    const small = trouble.openLog().append(sampleUnit('small'));
    await eventually(async () => expect(await trouble.waitingForLock()).toBe(2));
    await trouble.owner.query('commit');
    const firsts = (await appending).map((outcome) => (outcome.status === 'appended' ? outcome.first : 0));
    // Behind the first part, of two units, that waited before it.
    expect(await small).toMatchObject({ status: 'appended', first: 4 });
    expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
    const { rows } = await trouble.owner.query('select last - first + 1 as size from batches order by first');
    expect(Math.max(...rows.map(({ size }) => Number(size)))).toBe(2);
    expect(await log.head()).toBe(18);

    const guards = [{ tag: 'lead:1' as Tag, after: 0 }];
    const together = large.slice(0, 8).map(({ id, events }) => ({ id: `${id}-guarded`, events, guards }));
    await log.appendAll(together);
    const { rows: after } = await trouble.owner.query(
      'select last - first + 1 as size from batches order by first desc limit 1',
    );
    expect(Number(after[0].size)).toBe(8);
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import { createLogger } from '@lead-rotator/service-host';
import { assignCapturedLead } from '../decisions/assign-captured-lead.ts';
import type { CapturedLead } from '../decisions/captured-lead.ts';
import { capture, decisions, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, start } from '../testing/router-copy.ts';
import type { DecidedCursor } from './decided-cursor.ts';
import { SweepUndecided } from './sweep-undecided.handler.ts';

class CursorInMemory implements DecidedCursor {
  position: Position = 0;

  async load(): Promise<Position> {
    return this.position;
  }

  async save(_logId: string, position: Position): Promise<void> {
    this.position = position;
  }
}

describe('the sweep of leads whose message never came', () => {
  let log: InMemoryEventLog;
  let router: RouterCopy;
  let cursor: CursorInMemory;
  let now: number;
  const delayMilliseconds = 5_000;
  const { signal } = new AbortController();

  beforeEach(async () => {
    log = new InMemoryEventLog();
    now = start;
    router = new RouterCopy(log, () => now);
    cursor = new CursorInMemory();
    await router.setUpTeam('ann', 'bob');
  });

  const sweeping = ({ recent, decideLeads, metrics } = router) => {
    const logger = createLogger('silent', 'spec');
    return new SweepUndecided({ log, cursor, recent, decideLeads, metrics, logger, now: () => now, delayMilliseconds });
  };
  /** Looks now, as it has looked a delay ago. */
  const sweep = async (sweeper = sweeping()) => {
    now -= delayMilliseconds;
    await sweeper.sweep(signal);
    now += delayMilliseconds;
    await sweeper.sweep(signal);
  };
  const decide = (leads: readonly CapturedLead[]) =>
    router.decideLeads.decide(leads.map((lead) => assignCapturedLead(lead, true)));

  it('leaves a lead to its message until it is old enough', async () => {
    await capture(log, leadCaptured('L1', start));
    now = start + delayMilliseconds - 1;
    await sweep();
    expect(await decisions(log)).toEqual([]);
    now = start + delayMilliseconds;
    await sweep();
    expect(await decisions(log)).toEqual(['L1 to ann']);
  });

  it('decides in the order of the log, past leads that are decided, whoever remembers them', async () => {
    const leads = await capture(log, ...['L1', 'L2', 'L3'].map((id) => leadCaptured(id, start)));
    const other = new RouterCopy(log, () => now);
    await other.decideLeads.decide(leads.slice(1, 2).map((lead) => assignCapturedLead(lead, true)));
    now = start + delayMilliseconds;
    await sweep();
    expect(await decisions(log)).toEqual(['L2 to ann', 'L1 to bob', 'L3 to ann']);
  });

  it('leaves those that wait behind others to their messages, and decides one that was passed', async () => {
    const sweeper = sweeping();
    const [one, two, three, four] = (await capture(
      log,
      ...['L1', 'L2', 'L3', 'L4'].map((id) => leadCaptured(id, start)),
    )) as [CapturedLead, CapturedLead, CapturedLead, CapturedLead];
    const messageOf = async (lead: CapturedLead) => {
      await decide([lead]);
      await router.projection.catchUp();
      await sweeper.sweep(signal);
      now += delayMilliseconds;
    };
    await sweeper.sweep(signal);
    now += delayMilliseconds;
    await messageOf(one);
    await messageOf(three);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L3 to bob']);
    await messageOf(four);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L3 to bob', 'L4 to ann', `${two.data.leadId} to bob`]);
  });

  it('goes over each lead once, and again over those that were too young', async () => {
    const [old] = await capture(log, leadCaptured('L1', start));
    now = start + delayMilliseconds;
    await capture(log, leadCaptured('L2', now));
    await sweep();
    expect(cursor.position).toBe(old?.position);
    now += delayMilliseconds;
    const head = await log.head();
    await sweep();
    expect(cursor.position).toBe(head);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to bob']);
  });

  it('stays in front of what it could not decide', async () => {
    const [lead] = await capture(log, leadCaptured('L1', start));
    now = start + delayMilliseconds;
    log.appendAll = () => Promise.reject(new Error('down'));
    await expect(sweep()).rejects.toThrow('down');
    expect(cursor.position).toBe((lead?.position ?? 0) - 1);
  });
});

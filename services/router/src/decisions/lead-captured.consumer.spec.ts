import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  ForeignLog,
  HandlerFailure,
  type IncomingMessage,
  logSource,
  type ReceivedBatch,
  type ReceivedEvent,
} from '@lead-rotator/event-bus';
import { InMemoryEventLog, LogUnavailable } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { capture, decisions, leadCaptured } from '../testing/captured.ts';
import { RouterCopy } from '../testing/router-copy.ts';
import type { CapturedLead } from './captured-lead.ts';
import { LeadCapturedConsumer } from './lead-captured.consumer.ts';

describe('messages of captured leads', () => {
  let log: InMemoryEventLog;
  let router: RouterCopy;
  let aside: string[];

  beforeEach(async () => {
    log = new InMemoryEventLog();
    router = new RouterCopy(log);
    aside = [];
    await router.setUpTeam('ann', 'bob');
  });

  /** What the handler throws, as the strategy gets it; undefined if it does not. */
  const bring = async (leads: readonly CapturedLead[], logId?: string): Promise<unknown> => {
    const source = logSource(logId ?? (await log.id()));
    const messages = leads.map(
      (_, offset): IncomingMessage => ({
        topic: 'leads.events',
        partition: 0,
        offset: BigInt(offset),
        timestamp: 0,
        key: null,
        value: null,
        headers: {},
      }),
    );
    const batch: ReceivedBatch = {
      topic: 'leads.events',
      partition: 0,
      messages,
      events: leads.map((lead): ReceivedEvent => ({ ...lead, source })),
      isStale: () => false,
      putAside: ({ offset }, reason) => aside.push(`${offset}: ${reason}`),
    };
    const consumer = new LeadCapturedConsumer(log, router.projection, router.decideLeads);
    const failure: unknown = await consumer.decide(batch);
    return failure instanceof HandlerFailure ? failure.error : undefined;
  };
  const captureTwo = () => capture(log, leadCaptured('L1'), leadCaptured('L2'));

  it('are done when the leads are decided', async () => {
    expect(await bring(await captureTwo())).toBeUndefined();
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to bob']);
  });

  it('of a lead that the log does not have are put aside, the others are done', async () => {
    const [one, two] = (await captureTwo()) as [CapturedLead, CapturedLead];
    await bring([one, { ...two, ...leadCaptured('L9') }]);
    expect(aside).toEqual(['1: the decider said unknown-lead']);
    expect(await decisions(log)).toEqual(['L1 to ann']);
  });

  it('of another log are not decided, and come again', async () => {
    const error = await bring(await captureTwo(), 'another');
    expect(error).toBeInstanceOf(ForeignLog);
    expect(error).toMatchObject({ canRetry: true });
    expect(await decisions(log)).toEqual([]);
  });

  it('come again while the log is down', async () => {
    const leads = await captureTwo();
    log.appendAll = () => Promise.reject(new LogUnavailable('down'));
    expect(await bring(leads)).toMatchObject({ name: 'LogUnavailable', canRetry: true });
  });

  it('are left to newer copies when the log holds an event that this one does not know', async () => {
    const leads = await captureTwo();
    const circumstances = { organizationId: defaultOrganization, actor: 'service:newer', cause: 'request:1' } as const;
    const event = { ...circumstances, type: 'LeadTeleported', version: 1, data: {}, at: 1, tags: [] };
    await log.append({ id: 'of a newer copy', events: [event], guards: [] });
    expect(await bring(leads)).toBeInstanceOf(UnknownEvent);
    expect(await decisions(log)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '@lead-rotator/event-bus';
import { checkLedger } from './check-ledger.ts';
import type { CheckSettings } from './check-settings.ts';
import { cleanStory } from './testing/clean-story.ts';
import { plantedOnTopic } from './testing/planted-on-topic.ts';
import { recordedLog } from './testing/recorded-log.ts';
import { eventsTopic, messagesOf, RecordedTopics } from './testing/recorded-topics.ts';
import { minute } from './testing/story.ts';

const { events, now } = cleanStory();
const messages = messagesOf(events);

function check(onTopic: readonly IncomingMessage[], settings: Partial<CheckSettings> = {}) {
  return checkLedger({
    log: recordedLog(events),
    topics: { bus: new RecordedTopics({ [eventsTopic]: onTopic }), events: eventsTopic },
    settings: { now: now + 600 * minute, ...settings },
  });
}

describe('the check of the topic', () => {
  it('finds nothing on a topic that holds what the log holds', async () => {
    const report = await check(messages);
    expect(report.faults).toEqual([]);
    expect(report.topic).toEqual({ messages: events.length, redelivered: 0, expired: 0, underWay: 0 });
  });

  it.each(plantedOnTopic.map((planted) => [planted.what, planted.kind, planted] as const))(
    '%s: %s',
    async (_, kind, { change }) => {
      const report = await check(change([...messages]));
      expect(Object.keys(report.faultCounts)).toEqual([kind]);
    },
  );

  it('counts what was sent again with the same bytes, and calls it no fault', async () => {
    const more = messages.slice(-5).map((message, index) => ({ ...message, offset: BigInt(1_000 + index) }));
    const report = await check([...messages, ...more]);
    expect(report).toMatchObject({ faults: [], topic: { redelivered: 5 } });
  });

  it('counts what retention has deleted at the beginning of a partition, and calls it no fault', async () => {
    const report = await check(messages.filter(({ partition, offset }) => partition === 1 || offset > 9n));
    expect(report).toMatchObject({ faults: [], topic: { expired: 10 } });
  });

  it('still misses what is gone from the middle of a partition that has lost its beginning', async () => {
    const left = messages.filter(({ partition, offset }) => partition === 1 || (offset > 9n && offset !== 20n));
    expect((await check(left)).faultCounts).toEqual({ 'missing-on-topic': 1 });
  });

  it('waits for what was appended a moment ago', async () => {
    const report = await check(messages.slice(0, -1), { now: now - minute + 1 });
    expect(report.faultCounts['missing-on-topic']).toBeUndefined();
    expect(report.topic?.underWay).toBe(1);
  });
});

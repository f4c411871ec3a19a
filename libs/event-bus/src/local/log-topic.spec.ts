import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog, LogUnavailable } from '@lead-rotator/event-log';
import { noteUnit } from '../testing/note-unit.ts';
import { LogTopic } from './log-topic.ts';

class LogThatWasAway extends InMemoryEventLog {
  #away = true;

  override async id() {
    if (this.#away) {
      this.#away = false;
      throw new LogUnavailable('away');
    }
    return super.id();
  }
}

describe('the log as a topic', () => {
  it('is read again once the log is back', async () => {
    const log = new LogThatWasAway();
    await log.append(noteUnit('one', 2));
    const topic = new LogTopic('leads.events', log, () => 'one key');
    await expect(topic.read(0n, 10)).rejects.toThrow(LogUnavailable);
    expect(await topic.read(0n, 10)).toHaveLength(2);
  });
});

import { describe, expect, it } from '@jest/globals';
import { LogReplaced, LogUnavailable } from './errors.ts';
import type { EventLog, ReadPage } from './event-log.ts';
import { followLog } from './follow-log.ts';

/** Answers in turn; an error is thrown. */
const inTurn =
  <Answer>(...answers: (Answer | Error)[]) =>
  async (): Promise<Answer> => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer as Answer;
  };

const page = (readTo: number): ReadPage => ({ events: [], readTo, head: readTo });

describe('following a log', () => {
  it('notices behind a new connection that it is another one, also when that does not answer at first', async () => {
    const waker = { connections: 1, after: async () => {} };
    const log: Pick<EventLog, 'id' | 'read'> = {
      id: inTurn('old', new LogUnavailable('starting up'), 'new'),
      read: inTurn(page(1), page(2)),
    };
    const pages = followLog(log, waker, { signal: new AbortController().signal, pollMilliseconds: 1 });
    expect((await pages.next()).value).toEqual(page(1));
    waker.connections += 1;
    await expect(pages.next()).rejects.toThrow(LogReplaced);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';
import { repeat } from './repeat.ts';

describe('work that is repeated', () => {
  it('is tried again after an error, which is logged, until it is stopped', async () => {
    const stop = new AbortController();
    const lines: string[] = [];
    const logger = createLogger('warn', 'spec', { write: (line) => void lines.push(line) });
    let times = 0;
    const work = async () => {
      times += 1;
      if (times === 1) throw new Error('away');
      stop.abort();
      throw new Error('stopped in the middle');
    };
    await repeat(work, { pauseMilliseconds: 1, signal: stop.signal, logger, failure: 'it could not be read' });
    expect(times).toBe(2);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'it could not be read; tried again', err: { message: 'away' } },
    ]);
  });
});

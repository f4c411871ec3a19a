import { afterEach, beforeEach, describe } from '@jest/globals';
import { describeAppend } from './describe-append.ts';
import { describeFollow } from './describe-follow.ts';
import { describePersonalData } from './describe-personal-data.ts';
import { describeRead } from './describe-read.ts';
import type { LogOfTest } from './sample-unit.ts';

/** What every log does. `make` gives an empty one; it is closed after each test. */
export function describeEventLog(name: string, make: () => Promise<ReturnType<LogOfTest>>): void {
  describe(name, () => {
    let log: ReturnType<LogOfTest>;
    beforeEach(async () => {
      log = await make();
    });
    afterEach(() => log.close());

    for (const part of [describeAppend, describeRead, describePersonalData, describeFollow]) part(() => log);
  });
}

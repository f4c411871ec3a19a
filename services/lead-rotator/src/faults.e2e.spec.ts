import { describe, expect, it } from '@jest/globals';
import { testBrokerSource } from '@lead-rotator/kafka-broker';
import { runFaults } from '@lead-rotator/test-cluster';

const minute = 60_000;
const source = await testBrokerSource();

describe('two copies of each service under two minutes of faults', () => {
  if ('skipped' in source) {
    it.skip(`are skipped: ${source.skipped}`, () => undefined);
    return;
  }

  it.each([7])(
    'seed %d: every acknowledged lead is decided once, every act recorded once, and the check finds nothing',
    async (seed) => {
      const printed: string[] = [];
      const run = runFaults({ seed, milliseconds: 2 * minute, print: (line) => printed.push(line) });
      const found = await run.finally(() => process.stdout.write(`${printed.join('\n')}\n`));
      expect(found).toMatchObject({ count: [], check: { exitCode: 0 } });
      // It was not idle; how much it did is a matter of the machine.
      expect(found.leads).toBeGreaterThan(20);
      expect(found.acts).toBeGreaterThan(0);
    },
    10 * minute,
  );
});

import { describe, expect, it } from '@jest/globals';
import type { CommandHandler, LeadCommand } from '@lead-rotator/command-handling';
import { InvalidUnit } from '@lead-rotator/event-log';
import { createLogger } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { beforeAll as beforeAllDeadlines } from '../deadlines/deadline-table.ts';
import { SlaMetrics } from '../sla-metrics.ts';
import { DeadlinesInMemory } from '../testing/deadlines-in-memory.ts';
import { minute, nine } from '../testing/given.ts';
import { slaInMemory } from '../testing/sla-in-memory.ts';
import { storyOf } from '../testing/story.ts';
import { WarnOwners } from './warn-owners.handler.ts';

/** The commands of an SLA on a log that will never take what follows for this lead. */
function refusing(leadId: string, commands: CommandHandler): CommandHandler {
  const handleAll: CommandHandler['handleAll'] = async (given, ahead) => {
    if (given.some((one) => (one as LeadCommand).leadId === leadId)) throw new InvalidUnit(`never takes ${leadId}`);
    return commands.handleAll(given, ahead);
  };
  return { handleAll } as CommandHandler;
}

describe('owners whose deadline is near', () => {
  it('are warned once, also when the log will never take the warning of another', async () => {
    const { given, log, clock } = slaInMemory();
    await given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute, warnBefore: 5 * minute });
    await given.leads('L1', 'L2', 'L3');
    clock.time = nine + 26 * minute;
    const deadlines = new DeadlinesInMemory(log);
    const warning = new WarnOwners({
      table: {
        async read(_, except, most) {
          const open = await deadlines.read(beforeAllDeadlines, nine + 30 * minute, most);
          return open.filter(({ assigned }) => !except.includes(assigned));
        },
      },
      commands: refusing('L2', given.commands),
      metrics: new SlaMetrics(new Registry()),
      logger: createLogger('silent', 'spec'),
      clock: clock.now,
    });
    await warning.warn();
    await warning.warn();
    expect(await storyOf(log, 'ClaimDeadlineNeared')).toEqual([
      '09:26 L1 ClaimDeadlineNeared ann',
      '09:26 L3 ClaimDeadlineNeared eve',
    ]);
  });
});

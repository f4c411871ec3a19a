import { BusUnavailable, type EventBus, LeadBusStrategy } from '@lead-rotator/event-bus';
import { verifyLog } from '@lead-rotator/event-log';
import { checkLedger, reportText, tableReadModelCheck } from '@lead-rotator/ledger-check';
import { type Settings, topics, topicsInUse } from '@lead-rotator/service-host';
import type { Command } from 'commander';
import { type OperatorTools, withOperatorTools } from '../open-for-operator.ts';
import { progressLine } from '../progress-line.ts';
import { tablesFromLog } from '../tables-from-log.ts';
import { takenTopics } from '../taken-topics.ts';
import { wholeNumber } from './whole-number.ts';

interface CheckOptions {
  readonly late: number;
  readonly grace: number;
  readonly lag?: number;
  readonly topics: boolean;
  readonly hashes: boolean;
  readonly tables: boolean;
  readonly json?: true;
}

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('find what was lost, doubled or given out of turn; exits with 1 if anything was')
    .option('--late <seconds>', 'how much later than due a deadline may fire', wholeNumber, 10)
    .option('--grace <seconds>', 'how long a lead may be undecided and an event unpublished', wholeNumber, 10)
    .option('--lag <messages>', 'warn of consumers that are further behind than this', wholeNumber)
    .option('--no-topics', 'check the log alone')
    .option('--no-hashes', 'leave out the hash chain')
    .option('--no-tables', 'leave out the tables that are made from the log')
    .option('--json', 'print one JSON document')
    .action((options: CheckOptions) => withOperatorTools('check', (tools) => check(tools, options)));
}

async function check({ settings, log, pool, openBus }: OperatorTools, options: CheckOptions): Promise<void> {
  const { late, grace, lag } = options;
  const report = await checkLedger({
    log,
    ...(options.topics ? { topics: topicsOn(openBus(), settings) } : {}),
    ...(options.hashes ? { verifyChain: (verifying) => verifyLog(pool, verifying) } : {}),
    ...(options.tables ? { readModels: tablesIn(pool, log) } : {}),
    settings: {
      now: Date.now(),
      deadlineTolerance: late * 1_000,
      decisionGrace: grace * 1_000,
      publishGrace: grace * 1_000,
      ...(lag === undefined ? {} : { lagLimit: lag }),
    },
    progress: progressLine(),
  }).catch((error: unknown) => {
    if (!(error instanceof BusUnavailable)) throw error;
    throw new BusUnavailable(`${error.message}; --no-topics checks the log alone`, { cause: error });
  });
  if (options.topics && !options.json) console.log(`topics: ${busOf(settings)}`);
  console.log(options.json ? JSON.stringify(report) : reportText(report));
  if (report.faults.length > 0) process.exitCode = 1;
}

const busOf = ({ kafkaBrokers }: Settings): string =>
  kafkaBrokers === undefined ? 'on the local bus, as KAFKA_BROKERS is not set' : `on Kafka, ${kafkaBrokers.join(', ')}`;

/** All topics of the product, and which service takes what comes on them. */
function topicsOn(bus: EventBus, settings: Settings) {
  const { inbound, activities, events } = topics;
  const takers = { intake: inbound, router: events, sla: activities };
  const groups = Object.entries(takers).map(([name, topic]) => ({ groupId: LeadBusStrategy.groupId(name), topic }));
  return { bus, events, taken: takenTopics, deadLettersOf: topicsInUse(settings), groups };
}

const tablesIn = (pool: OperatorTools['pool'], log: OperatorTools['log']) =>
  tablesFromLog(log).map(({ projection, tables }) => tableReadModelCheck(pool, projection, tables));

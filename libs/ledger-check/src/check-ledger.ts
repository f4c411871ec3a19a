import type { Verification, VerifyOptions } from '@lead-rotator/event-log';
import type { CheckReport } from './check-report.ts';
import { type CheckSettings, defaultCheckSettings } from './check-settings.ts';
import type { FaultKind, WarningKind } from './fault-kinds.ts';
import { Findings } from './findings.ts';
import { LogReader } from './log-reader.ts';
import type { ReportProgress } from './progress.ts';
import { type ReadableLog, readLog } from './read-log.ts';
import type { ReadModelCheck } from './read-models/read-model-check.ts';
import { ReadModelComparison } from './read-models/read-model-comparison.ts';
import { checkDeadLetters } from './topic/check-dead-letters.ts';
import { checkOffsets, type GroupLag } from './topic/check-offsets.ts';
import { EventsOnTopic } from './topic/events-on-topic.ts';
import { TakenMessages } from './topic/taken-messages.ts';
import type { TopicsToCheck } from './topic/topics-to-check.ts';

export type VerifyChain = (options: VerifyOptions) => Promise<Verification>;

/** What is to be checked; what is not given is left out. */
export interface LedgerToCheck {
  readonly log: ReadableLog;
  readonly topics?: TopicsToCheck;
  /** Computes the hash chain again: `(options) => verifyLog(pool, options)`. */
  readonly verifyChain?: VerifyChain;
  readonly readModels?: readonly ReadModelCheck[];
  /** The time now, and how strict to be. */
  readonly settings: Partial<CheckSettings> & Pick<CheckSettings, 'now'>;
  readonly progress?: ReportProgress;
}

/**
 * Reads the log, the topics and the offsets, and lists what is wrong; changes nothing, and may run beside the services.
 * The topic is read before the log, so that whatever is on it must be in the log. Memory is held to about 250 bytes a
 * lead that is not closed, and with a topic another 20 an event.
 * @throws LogUnavailable, BusUnavailable when they cannot be read: then nothing is known.
 */
export async function checkLedger({ log, topics, readModels = [], ...rest }: LedgerToCheck): Promise<CheckReport> {
  const settings = { ...defaultCheckSettings, ...rest.settings };
  const progress = rest.progress ?? (() => {});
  const faults = new Findings<FaultKind>(settings.listedPerKind);
  const warnings = new Findings<WarningKind>(settings.listedPerKind);
  const logId = await log.id();

  const comparison = await ReadModelComparison.open(readModels);
  try {
    const onTopic = topics && (await readTopic(topics, logId, settings, faults, progress));
    const taken = topics === undefined ? [] : await readTaken(topics, faults);
    const head = await log.head();
    const reader = new LogReader({ settings, report: faults.add });
    for await (const events of readLog(log, head, faults.add, progress)) {
      for (const recorded of events) {
        const event = reader.see(recorded);
        if (event === undefined) continue;
        onTopic?.seeEvent(recorded, event);
        for (const messages of taken) messages.seeEvent(event);
      }
      await comparison.replay(events);
    }
    reader.end();
    onTopic?.endOfLog(head);
    for (const messages of taken) messages.endOfLog();

    const rows = await comparison.compare({ id: logId, head }, faults.add);
    const groups = topics === undefined ? [] : await checkTopics(topics, settings, faults, warnings);
    const chain = await verify(rest.verifyChain, faults, progress);
    return {
      logId,
      head,
      faults: faults.list,
      faultCounts: Object.fromEntries(faults.counts),
      warnings: warnings.list,
      warningCounts: Object.fromEntries(warnings.counts),
      groups,
      readModels: rows,
      ...(onTopic === undefined ? {} : { topic: onTopic.figures }),
      ...(chain === undefined ? {} : { headHash: chain }),
    };
  } finally {
    await comparison.close();
  }
}

async function readTopic(
  { bus, events }: TopicsToCheck,
  logId: string,
  settings: CheckSettings,
  faults: Findings<FaultKind>,
  progress: ReportProgress,
): Promise<EventsOnTopic> {
  const onTopic = new EventsOnTopic(events, logId, settings, faults.add, await bus.endOffsets(events));
  for await (const message of bus.readTopic(events)) {
    onTopic.seeMessage(message);
    if (onTopic.figures.messages % 10_000 === 0) progress({ part: 'topic', done: onTopic.figures.messages });
  }
  onTopic.endOfTopic();
  return onTopic;
}

async function readTaken({ bus, taken = [] }: TopicsToCheck, faults: Findings<FaultKind>): Promise<TakenMessages[]> {
  const read: TakenMessages[] = [];
  for (const topic of taken) read.push(await TakenMessages.read(bus, topic, faults.add));
  return read;
}

async function checkTopics(
  { bus, deadLettersOf = [], groups = [] }: TopicsToCheck,
  settings: CheckSettings,
  faults: Findings<FaultKind>,
  warnings: Findings<WarningKind>,
): Promise<GroupLag[]> {
  for (const topic of deadLettersOf) await checkDeadLetters(bus, topic, warnings.add);
  const lags: GroupLag[] = [];
  for (const group of groups) lags.push(await checkOffsets(bus, group, settings.lagLimit, faults.add, warnings.add));
  return lags;
}

async function verify(
  verifyChain: VerifyChain | undefined,
  faults: Findings<FaultKind>,
  progress: ReportProgress,
): Promise<string | undefined> {
  const chain = await verifyChain?.({ onProgress: (done, of) => progress({ part: 'hash chain', done, of }) });
  if (chain === undefined) return undefined;
  for (const { first, last, what } of chain.faults) faults.add('broken-hash', { position: first }, { last, what });
  faults.addUnlisted('broken-hash', chain.faultCount - chain.faults.length);
  return chain.headHash;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { EventBatch, type IncomingMessage, isTransient, type ReceivedBatch } from '@lead-rotator/event-bus';
import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { InvalidRequest, MonotonicClock, topics, UnreadableMessage } from '@lead-rotator/service-host';
import { Controller } from '@nestjs/common';
import type { Act } from './act.ts';
import { actOfMessage } from './act-of-message.ts';
import { ActsTakenIn } from './acts-taken-in.ts';
import { ActFailed, RecordActs } from './record-acts.handler.ts';

/** Consumer group of the acts, and name of the service. */
export const slaGroup = 'sla';

/** An act younger than this, whose lead or user is not in the log, came too early perhaps. */
const earlyMilliseconds = 5_000;
const retryMilliseconds = 250;

/** This copy cannot record acts at present: they come again. Readiness says why. */
export class ActsStopped extends Error {
  override readonly name = 'ActsStopped';
  readonly canRetry = true;

  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

interface Told {
  readonly message: IncomingMessage;
  readonly act: Act;
}

type PutAside = ReceivedBatch['putAside'];

/**
 * Takes in what `leads.activities` brings. A message that cannot be used is put aside and holds nobody up. Topics have
 * no order among them, so an act may come before its lead, from a system that sends both: a young one is tried again
 * for a few seconds and put aside after that; one that has lain on the topic for longer is put aside at once, so that
 * a backlog is never slowed down by it.
 */
@Controller()
export class ActsConsumer {
  constructor(
    private readonly record: RecordActs,
    private readonly takenIn: ActsTakenIn,
    private readonly clock: MonotonicClock,
  ) {}

  /** @throws LogUnavailable, TooManyConflicts or ActsStopped: the batch comes again, and nothing is done twice; UnknownEvent. */
  @EventBatch({ group: slaGroup, topic: topics.activities })
  async take({ partition, messages, putAside }: ReceivedBatch): Promise<void> {
    // Senders' clocks may be ahead: no message is younger than the moment at which it was here.
    const taken = this.clock.now();
    let left = messages.flatMap((message) => read(message, putAside));
    for (;;) {
      left = await this.#record(left, taken, putAside);
      if (left.length === 0) break;
      await sleep(retryMilliseconds);
    }
    const last = messages.at(-1);
    if (last !== undefined) this.takenIn.handled(partition, last.offset + 1n);
  }

  /** Those that came too early, to be tried again. */
  async #record(told: readonly Told[], taken: EpochMilliseconds, putAside: PutAside): Promise<Told[]> {
    const answers = await Promise.all(told.map(({ act }) => this.record.record(act).catch(failedAlone)));
    return told.filter(({ message }, index) => {
      const answer = answers[index];
      if (answer instanceof ActFailed) putAside(message, `could not be judged: ${answer.cause}`);
      if (!(answer instanceof Rejection)) return false;
      if (this.clock.now() - Math.min(message.timestamp, taken) < earlyMilliseconds) return true;
      putAside(message, answer.code);
      return false;
    });
  }
}

function read(message: IncomingMessage, putAside: PutAside): Told[] {
  try {
    return [{ message, act: actOfMessage(message) }];
  } catch (error) {
    if (!(error instanceof UnreadableMessage || error instanceof InvalidRequest)) throw error;
    putAside(message, error.message);
    return [];
  }
}

function failedAlone(error: unknown): ActFailed {
  if (error instanceof ActFailed) return error;
  throw stopped(error);
}

/** What else goes wrong is no message's fault, and none is put aside for it; what is unknown is left to newer copies. */
function stopped(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.cause instanceof UnknownEvent) return error.cause;
  return error instanceof UnknownEvent || isTransient(error) ? error : new ActsStopped(error);
}

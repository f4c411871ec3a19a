import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventBatch,
  type EventBus,
  fromRetry,
  isTransient,
  MessageRefused,
  type ReceivedBatch,
  type RetriedMessage,
  toRetry,
} from '@lead-rotator/event-bus';
import { Rejection } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import {
  EVENT_BUS,
  earlyActsTopic,
  InvalidRequest,
  MonotonicClock,
  topics,
  UnreadableMessage,
} from '@lead-rotator/service-host';
import { Controller, Inject } from '@nestjs/common';
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

interface Told extends RetriedMessage {
  readonly act: Act;
}

/** An act that was refused, but may be taken when it is told again. */
interface Early extends Told {
  readonly code: string;
}

type PutAside = ReceivedBatch['putAside'];

/**
 * Takes in what `leads.activities` brings. A message that cannot be used is put aside and holds nobody up. Topics have
 * no order among them, so an act may come before its lead, from a system that sends both: a young one goes to a topic of
 * its own, is tried again there for a few seconds and put aside after that. So neither the acts behind it nor the
 * deadlines, which wait for what owners have done, wait for a lead that is not ours: it has no deadline.
 */
@Controller()
export class ActsConsumer {
  constructor(
    private readonly record: RecordActs,
    private readonly takenIn: ActsTakenIn,
    private readonly clock: MonotonicClock,
    @Inject(EVENT_BUS) private readonly bus: Pick<EventBus, 'publish'>,
  ) {}

  /** @throws LogUnavailable, TooManyConflicts, BusUnavailable or ActsStopped: the batch comes again, and nothing is done twice; UnknownEvent. */
  @EventBatch({ group: slaGroup, topic: topics.activities })
  async take({ partition, messages, putAside }: ReceivedBatch): Promise<void> {
    // Senders' clocks may be ahead: no message is younger than the moment at which it was here.
    const now = this.clock.now();
    const told = messages.map((message) => ({ message, since: Math.min(message.timestamp, now) }));
    await this.#putOff(await this.#record(told.flatMap(reader(putAside)), putAside), putAside);
    const last = messages.at(-1);
    if (last !== undefined) this.takenIn.handled(partition, last.offset + 1n);
  }

  /** As `take`, for what came too early. One that has lain there for longer is put aside at once: a backlog is not slowed down by it. */
  @EventBatch({ group: slaGroup, topic: earlyActsTopic })
  async takeAgain({ messages, putAside }: ReceivedBatch): Promise<void> {
    let left: readonly Told[] = messages.map(fromRetry).flatMap(reader(putAside));
    for (;;) {
      left = await this.#record(left, putAside);
      if (left.length === 0) return;
      await sleep(retryMilliseconds);
    }
  }

  /** Those that came too early. */
  async #record(told: readonly Told[], putAside: PutAside): Promise<Early[]> {
    const answers = await Promise.all(told.map(({ act }) => this.record.record(act).catch(failedAlone)));
    return told.flatMap((one, index) => {
      const answer = answers[index];
      if (answer instanceof ActFailed) putAside(one.message, `could not be judged: ${answer.cause}`);
      if (!(answer instanceof Rejection)) return [];
      if (this.clock.now() - one.since < earlyMilliseconds) return [{ ...one, code: answer.code }];
      putAside(one.message, answer.code);
      return [];
    });
  }

  async #putOff(early: readonly Early[], putAside: PutAside): Promise<void> {
    if (early.length === 0) return;
    try {
      await this.bus.publish(earlyActsTopic, early.map(toRetry));
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error;
      for (const { message, code } of early) putAside(message, code);
    }
  }
}

/** Reads the act of a message; one that nobody can read is put aside. */
function reader(putAside: PutAside): (retried: RetriedMessage) => Told[] {
  return (retried) => {
    try {
      return [{ ...retried, act: actOfMessage(retried.message) }];
    } catch (error) {
      if (!(error instanceof UnreadableMessage || error instanceof InvalidRequest)) throw error;
      putAside(retried.message, error.message);
      return [];
    }
  };
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

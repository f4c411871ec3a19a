import type { Projection } from '@lead-rotator/command-handling';
import { EventBatch, OwnLog, type ReceivedBatch, typesExcept } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import { isRejected } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import { EVENT_LOG, topics } from '@lead-rotator/service-host';
import { Controller, Inject } from '@nestjs/common';
import { DISTRIBUTION } from '../distribution/distributions.ts';
import { assignCapturedLead } from './assign-captured-lead.ts';
import type { CapturedLead } from './captured-lead.ts';
import { DecideLeads } from './decide-leads.handler.ts';
import { DecisionsStopped } from './decisions-stopped.ts';

const topic = topics.events;

/** Of the topic, the router decides on captured leads; what else happens it reads from the log. */
export const routerBus = { group: 'router', ignores: { [topic]: typesExcept('LeadCaptured') } } as const;

/** A message that says that a lead was captured wakes the router; what it decides from is the log. */
@Controller()
export class LeadCapturedConsumer {
  readonly #ownLog: OwnLog;

  constructor(
    @Inject(EVENT_LOG) log: EventLog,
    @Inject(DISTRIBUTION) private readonly projection: Projection<Distribution>,
    private readonly decideLeads: DecideLeads,
  ) {
    this.#ownLog = new OwnLog(log);
  }

  /** Done when all leads of the batch are decided and on disk. A lead that the log does not have is put aside. */
  @EventBatch({ group: routerBus.group, topic, types: ['LeadCaptured'] })
  async decide({ messages, events, putAside }: ReceivedBatch): Promise<void> {
    await this.#ownLog.require(events);
    const commands = events.map((event) => assignCapturedLead(event as CapturedLead, true));
    const outcomes = await this.decideLeads.decide(commands).catch((error: unknown) => this.#stop(error));
    outcomes.forEach((outcome, index) => {
      const message = messages[index];
      if (isRejected(outcome) && message !== undefined) putAside(message, `the decider said ${outcome.code}`);
    });
  }

  /** What the projection stands still at is no fault of a message: an unknown event is left to newer copies. */
  #stop(error: unknown): never {
    const { fault } = this.projection;
    if (fault === undefined) throw error;
    if (fault.cause instanceof UnknownEvent) throw fault.cause;
    throw new DecisionsStopped(fault.message, { cause: fault });
  }
}

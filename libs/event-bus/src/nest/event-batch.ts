import type { LeadRotatorEventType, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { EventPattern } from '@nestjs/microservices';
import type { IncomingMessage } from '../event-bus.ts';

/** What a handler is given: messages of one partition in order; with types named in the decorator, as events too. */
export interface ReceivedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  /** The event of each message, in its newest version; empty for a handler of a whole topic. */
  readonly events: readonly ReceivedEvent[];
  /** True once the partition belongs to another copy: finish nothing that is not idempotent. */
  isStale(): boolean;
  /**
   * This message will never be usable: it goes to the dead-letter topic when the handler is done. If the handler fails
   * after all, it is called again and has to say so again.
   */
  putAside(message: IncomingMessage, reason: string): void;
}

export type ReceivedEvent = RecordedLeadEvent & {
  /** The log it stands in. */
  readonly source: string;
};

/** Which messages a handler takes. */
export interface BatchSelection {
  /** The group of the `LeadBusStrategy` that calls it; each service has its own. */
  readonly group: string;
  readonly topic: string;
  /** Types of events, dispatched by `ce_type`; without them the handler takes whatever is on the topic. */
  readonly types?: readonly LeadRotatorEventType[];
}

/** A failure of a handler on its way past Nest's exception filters, which would replace it by "Internal server error". */
export class HandlerFailure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** Nest gives a handler only to the strategies with the transport it was declared for. */
export const transportOf = (group: string): symbol => Symbol.for(`lead-rotator bus ${group}`);

/**
 * Declares a method of a controller as handler of batches: `(batch: ReceivedBatch) => Promise<void>`. Batches of
 * different partitions come at the same time, those of one partition one after the other. Order holds within a
 * handler; events whose order counts to one another belong to one handler.
 *
 *     @EventBatch({ group: 'router', topic: 'leads.events', types: ['LeadCaptured'] })
 *     async decide({ events }: ReceivedBatch): Promise<void> { … }
 */
export function EventBatch(selection: BatchSelection): MethodDecorator {
  return (target, name, descriptor: PropertyDescriptor) => {
    const method = descriptor.value as (batch: ReceivedBatch) => Promise<void>;
    descriptor.value = async function handle(this: unknown, batch: ReceivedBatch): Promise<HandlerFailure | undefined> {
      try {
        await method.call(this, batch);
        return undefined;
      } catch (error) {
        return new HandlerFailure(error);
      }
    };
    const pattern = {
      group: selection.group,
      topic: selection.topic,
      handler: `${target.constructor.name}.${String(name)}`,
    };
    return EventPattern(pattern, transportOf(selection.group), { selection })(target, name, descriptor);
  };
}

import type { EventContext, NewEvent } from '@lead-rotator/event-sourcing';
import { definitionOf, type LeadRotatorEvent } from './event-definitions.ts';
import { UnknownEvent } from './read-event.ts';

/**
 * An event as it is handed to the log: in its newest version, with the tags of its definition and the time of its
 * decision (`at` of its data).
 */
export function toNewEvent(event: LeadRotatorEvent, context: EventContext): NewEvent {
  const definition = definitionOf(event.type);
  if (definition === undefined) throw new UnknownEvent(event.type, 0);
  return {
    organizationId: context.organizationId,
    actor: context.actor,
    cause: context.cause,
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
    ...(context.decider === undefined ? {} : { decider: context.decider }),
    type: event.type,
    version: definition.version,
    data: event.data,
    at: Date.parse(event.data.at),
    tags: definition.tags(event.data as never),
  };
}

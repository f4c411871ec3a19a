import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { definitionOf, type LeadRotatorEvent } from './event-definitions.ts';

/** An event of the log as today's code knows it. */
export type RecordedLeadEvent = LeadRotatorEvent & Omit<RecordedEvent, 'type' | 'data'>;

/** The log holds an event that a newer copy has written: whoever meets it stops deciding and says so in its readiness. */
export class UnknownEvent extends Error {
  readonly type: string;
  readonly version: number;

  constructor(type: string, version: number) {
    super(`this copy does not know event ${type} version ${version}`);
    this.name = 'UnknownEvent';
    this.type = type;
    this.version = version;
  }
}

/**
 * An event of the log in its newest version; one of the newest version is given back as it is, without a copy.
 * @throws UnknownEvent for a type, or a version of it, that this copy does not know.
 */
export function readEvent(recorded: RecordedEvent): RecordedLeadEvent {
  const definition = definitionOf(recorded.type);
  if (definition === undefined || recorded.version > definition.version) {
    throw new UnknownEvent(recorded.type, recorded.version);
  }
  if (recorded.version === definition.version) return recorded as RecordedLeadEvent;
  let data = recorded.data;
  for (const upcast of definition.upcasts?.slice(recorded.version - 1) ?? []) data = upcast(data as never);
  return { ...recorded, version: definition.version, data } as RecordedLeadEvent;
}

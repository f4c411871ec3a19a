import type { DomainEvent, Tag } from '@lead-rotator/event-sourcing';
import type { Static, TObject } from 'typebox';

/** Everything there is to know about one type of event at its newest version. */
export interface EventDefinition<Type extends string = string, Schema extends TObject = TObject> {
  readonly type: Type;
  /** Goes up when the shape changes; older versions stay readable by `upcasts`. */
  readonly version: number;
  /** One sentence for consumers: what has happened. */
  readonly about: string;
  readonly data: Schema;
  /** What the event is looked up and guarded by. */
  tags(data: Static<Schema>): Tag[];
  /** Key of its message: events of one key stay in order. */
  key(data: Static<Schema>): string;
  /** The field that holds personal data and is sealed in the log, under the key of the first of `contactIds`. */
  readonly sealed?: 'person';
  /** From version n (index n − 1) to n + 1. */
  readonly upcasts?: readonly ((data: never) => unknown)[];
  /** A valid example, kept for ever as a golden sample of its version. */
  readonly sample: Static<Schema>;
}

/** An event of this definition as a value. */
export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Schema> ? DomainEvent<Type, Static<Schema>> : never;

/** Keeps the literal type and the schema's type together; the event's types are derived, never written twice. */
export function defineEvent<const Type extends string, Schema extends TObject>(
  definition: EventDefinition<Type, Schema>,
): EventDefinition<Type, Schema> {
  return definition;
}

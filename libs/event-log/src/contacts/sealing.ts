import type { DomainEvent, NewEvent, RecordedEvent, Unit } from '@lead-rotator/event-sourcing';
import { type ContactId, definitionOf } from '@lead-rotator/lead-events';
import { InvalidUnit } from '../errors.ts';
import { encodePayload } from '../stored-payload.ts';
import type { ContactKeys } from './contact-keys.ts';
import { seal, unseal } from './seal.ts';

/** Which field of an event's data is personal, and which one names the contacts: the first one's key seals it. */
export interface SealedField {
  readonly field: string;
  readonly contactIds: string;
}

/** The personal part of events of a type; undefined if they have none. */
export type SealedFieldOf = (type: string) => SealedField | undefined;

/** As the contract of the events says. */
export const sealedFieldByContract: SealedFieldOf = (type) => {
  const field = definitionOf(type)?.sealed;
  return field === undefined ? undefined : { field, contactIds: 'contactIds' };
};

/** How a sealed field lies in the log. */
interface Sealed {
  readonly sealed: string;
}

/** Seals personal data on its way into the log, and opens it on its way out for those who ask for it. */
export class Sealing {
  constructor(
    private readonly keys: ContactKeys,
    private readonly sealedField: SealedFieldOf,
  ) {}

  /** Something of it is sealed in the log. */
  isPersonal(event: DomainEvent): boolean {
    return this.#personalPart(event) !== undefined;
  }

  /** What makes the stored payload of each event of the units; the keys are fetched before, all at once. */
  async sealerOf(units: readonly Unit[]): Promise<(event: NewEvent) => string> {
    const personal = units.flatMap((unit) => unit.events).filter((event) => this.isPersonal(event));
    if (personal.length === 0) return encodePayload;
    const keys = await this.keys.forSealing(this.#contactsOf(personal));
    return (event) => {
      const part = this.#personalPart(event);
      if (part === undefined) return encodePayload(event);
      const key = part.contactId === undefined ? undefined : keys.get(part.contactId);
      if (key === undefined) throw new InvalidUnit(`${event.type} holds personal data and names no contact`);
      const hidden: Sealed = { sealed: seal(key, contextOf(event.type, part.contactId), JSON.stringify(part.value)) };
      return encodePayload({ ...event, data: { ...part.data, [part.field]: hidden } });
    };
  }

  /** Opens what is sealed, or says `{ sealed: true }` in its place, or `{ erased: true }` if its key is gone. Changes the events it is given. */
  async reveal(events: RecordedEvent[], open: boolean): Promise<RecordedEvent[]> {
    const sealed = events.filter((event) => isSealed(this.#personalPart(event)?.value));
    if (sealed.length === 0) return events;
    const keys = open ? await this.keys.forOpening(this.#contactsOf(sealed)) : undefined;
    for (const event of sealed) {
      const part = this.#personalPart(event);
      if (part === undefined || !isSealed(part.value)) continue;
      const key = part.contactId === undefined ? undefined : keys?.get(part.contactId);
      const text = key && unseal(key, contextOf(event.type, part.contactId), part.value.sealed);
      part.data[part.field] = !open ? { sealed: true } : text === undefined ? { erased: true } : JSON.parse(text);
    }
    return events;
  }

  #personalPart({ type, data }: DomainEvent): PersonalPart | undefined {
    const sealed = this.sealedField(type);
    if (sealed === undefined) return undefined;
    const fields = data as Record<string, unknown>;
    const value = fields[sealed.field];
    if (value === undefined) return undefined;
    const ids = fields[sealed.contactIds];
    const contactId = Array.isArray(ids) ? (ids[0] as ContactId | undefined) : undefined;
    return { data: fields, field: sealed.field, value, contactId };
  }

  #contactsOf(events: readonly DomainEvent[]): ContactId[] {
    return [...new Set(events.flatMap((event) => this.#personalPart(event)?.contactId ?? []))];
  }
}

interface PersonalPart {
  readonly data: Record<string, unknown>;
  readonly field: string;
  readonly value: unknown;
  /** Whose key seals it. */
  readonly contactId: ContactId | undefined;
}

function isSealed(value: unknown): value is Sealed {
  return typeof value === 'object' && value !== null && 'sealed' in value;
}

/** What is sealed for one contact in one type of event cannot be passed off as another's. */
const contextOf = (type: string, contactId: string | undefined) => `${type} ${contactId}`;

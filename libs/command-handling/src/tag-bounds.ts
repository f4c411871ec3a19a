import { contactMadeBehind, type EventLog, type TagSelection } from '@lead-rotator/event-log';
import type { Position, RecordedEvent, Tag } from '@lead-rotator/event-sourcing';
import { contactOfTag, type EventOfType, leadTag } from '@lead-rotator/lead-events';

type LeadCaptured = EventOfType<'LeadCaptured'>['data'];

/** What began within so many positions of the end is looked for at the end alone: in a partition or a few, of however many. */
const nearPositions = 1_000_000;

/**
 * Behind which position everything stands that carries a tag: a lead's its capture, a contact's where it was made. A
 * batch of new leads is then looked for in the newest part of the log. What is not said begins with the log.
 */
export class TagBounds {
  readonly #captured = new Map<Tag, Position>();

  /** `known`: events that the caller has; of the captures among them, nothing of the lead stands before. */
  constructor(known: readonly RecordedEvent[]) {
    for (const { type, data, position } of known) {
      if (type === 'LeadCaptured') this.#captured.set(leadTag((data as LeadCaptured).leadId), position - 1);
    }
  }

  /**
   * As `readByTags` of the log, in no order, and an event of both kinds twice: what is near the end and what is not are
   * looked for apart, at once.
   */
  async read(log: EventLog, selection: TagSelection & { readonly until: Position }): Promise<RecordedEvent[]> {
    const { near = [], far = [] } = Object.groupBy(selection.tags, (tag) =>
      this.#of(tag) > selection.until - nearPositions ? 'near' : 'far',
    );
    const look = (tags: readonly Tag[]) => {
      const after = tags.reduce((least, tag) => Math.min(least, this.#of(tag)), selection.until);
      return log.readByTags({ ...selection, tags, after });
    };
    return (await Promise.all([near, far].filter(({ length }) => length > 0).map(look))).flat();
  }

  #of(tag: Tag): Position {
    const contactId = contactOfTag(tag);
    return contactId === undefined ? (this.#captured.get(tag) ?? 0) : contactMadeBehind(contactId);
  }
}

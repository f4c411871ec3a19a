import type { HashedEvent } from './merkle.ts';

const noTags = Buffer.alloc(0);

/** Events with the hashes of their tags, which are rows of their own; an event may have none. */
export function hashedEvents(
  events: readonly Omit<HashedEvent, 'tags'>[],
  tags: readonly Pick<HashedEvent, 'position' | 'tags'>[],
): HashedEvent[] {
  const tagsAt = new Map(tags.map((row) => [row.position, row.tags]));
  return events.map((event) => ({ ...event, tags: tagsAt.get(event.position) ?? noTags }));
}

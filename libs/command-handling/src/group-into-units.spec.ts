import { describe, expect, it } from '@jest/globals';
import { defaultOrganization, type NewEvent, type Tag } from '@lead-rotator/event-sourcing';
import { type Draft, groupIntoUnits } from './group-into-units.ts';

const tags = (...names: string[]) => names as Tag[];
const draft = (name: string, read: string[], moved: string[]): Draft => ({
  read: tags(...read).map((tag) => ({ tag, after: 7 })),
  events: [
    {
      type: name,
      version: 1,
      data: {},
      at: 0,
      tags: tags(...moved),
      organizationId: defaultOrganization,
      actor: 'service:router',
      cause: 'event:1',
    } satisfies NewEvent,
  ],
});

function grouped(...drafts: Draft[]) {
  let id = 0;
  return groupIntoUnits(drafts, () => `unit ${++id}`).map(({ unit, drafts: members }) => ({
    events: unit.events.map(({ type }) => type),
    guards: unit.guards.map(({ tag, after }) => `${tag}@${after}`),
    members,
  }));
}

describe('decisions are grouped into units', () => {
  it('so that turns of one rotation stand or fall together and those of another do not', () => {
    const units = grouped(
      draft('a', ['lead:1', 'rotation:x'], ['lead:1', 'rotation:x', 'ownership']),
      draft('b', ['lead:2', 'rotation:y'], ['lead:2', 'rotation:y', 'ownership']),
      draft('c', ['lead:3', 'rotation:x'], ['lead:3', 'rotation:x', 'ownership']),
    );
    expect(units).toEqual([
      { events: ['a', 'c'], guards: ['lead:1@7', 'rotation:x@7', 'lead:3@7'], members: [0, 2] },
      { events: ['b'], guards: ['lead:2@7', 'rotation:y@7'], members: [1] },
    ]);
  });

  it('so that one that looks over all ownership is in a unit with everybody before it who moved some', () => {
    const units = grouped(
      draft('a', ['lead:1'], ['lead:1', 'ownership']),
      draft('b', ['lead:2'], ['lead:2', 'ownership']),
      draft('c', ['lead:3', 'ownership'], ['lead:3', 'ownership']),
      draft('d', ['lead:4'], ['lead:4', 'ownership']),
    );
    expect(units.map(({ events }) => events)).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('in the order in which they were made, when a later one ties two groups together', () => {
    const units = grouped(
      draft('a', [], ['contact:1']),
      draft('b', [], ['contact:2']),
      draft('c', ['contact:2', 'contact:1'], ['lead:9']),
    );
    expect(units).toEqual([{ events: ['a', 'b', 'c'], guards: ['contact:2@7', 'contact:1@7'], members: [0, 1, 2] }]);
  });
});

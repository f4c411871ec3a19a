import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadId, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { type EventSelection, selectEvents } from './select-events.ts';

const start = Date.parse('2026-01-05T09:00:00Z');
const hour = 3_600_000;

/** An event an hour: a lead captured and assigned, another one, and so on. */
async function someLog(): Promise<InMemoryEventLog> {
  const log = new InMemoryEventLog();
  for (let index = 0; index < 10; index += 1) await append(log, index);
  return log;
}

async function append(log: InMemoryEventLog, index: number): Promise<void> {
  const { LeadCaptured, LeadAssigned } = eventDefinitions;
  const { type, sample } = index % 2 === 0 ? LeadCaptured : LeadAssigned;
  const leadId = `L${Math.floor(index / 2)}` as LeadId;
  const data = { ...sample, leadId, at: new Date(start + index * hour).toISOString() };
  const context = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:spec' } as const;
  const event = toNewEvent({ type, data } as LeadRotatorEvent, context);
  await log.append({ id: `unit-${index}`, events: [event], guards: [] });
}

async function positions(selection: EventSelection): Promise<number[]> {
  const found: number[] = [];
  const { signal } = new AbortController();
  for await (const { position } of selectEvents(await someLog(), selection, signal)) found.push(position);
  return found;
}

describe('the events that an operator asks for', () => {
  it.each<[string, EventSelection, number[]]>([
    ['all', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ['of a lead', { lead: 'L2' }, [5, 6]],
    ['of a lead and a type', { lead: 'L2', type: ['LeadAssigned'] }, [6]],
    ['of another organization', { lead: 'L2', organization: 'other' }, []],
    ['of a rotation', { rotation: 'web', to: { position: 5 } }, [2, 4]],
    ['of a type', { type: ['LeadCaptured'], from: { position: 4 } }, [5, 7, 9]],
    ['between positions', { from: { position: 3 }, to: { position: 4 } }, [3, 4]],
    ['between times', { from: { time: start + 7 * hour }, to: { time: start + 8 * hour } }, [8, 9]],
    ['from a time after all', { from: { time: start + 99 * hour } }, []],
  ])('come %s', async (_, selection, expected) => {
    expect(await positions(selection)).toEqual(expected);
  });

  it('go on with what is appended, the lead first from its own events and then from the log', async () => {
    const log = await someLog();
    const stop = new AbortController();
    const found: number[] = [];
    const following = (async () => {
      for await (const { position } of selectEvents(log, { follow: true, lead: 'L5' }, stop.signal)) {
        found.push(position);
        if (found.length === 2) stop.abort();
      }
    })();
    for (const index of [10, 11]) await append(log, index);
    await following;
    expect(found).toEqual([11, 12]);
  });
});

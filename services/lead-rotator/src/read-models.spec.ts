import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evolveLeads, type LeadState } from '@lead-rotator/claim';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { foldOwnedLeads, type OwnedLead, ownedLeadTypes } from '@lead-rotator/router';
import { runScenario } from '@lead-rotator/scenario';
import { deadlineChanges, deadlineEventTypes, waitingChanges, waitingEventTypes } from '@lead-rotator/sla';
import { writeOwnedLeads } from './fault-simulation/copies/owned-leads-in-memory.ts';

const libs = new URL('../../../libs/scenario/', import.meta.url);
const files = ['scenarios/', 'examples/'].flatMap((folder) =>
  readdirSync(new URL(folder, libs)).map((file) => [folder + file]),
);
const context = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:1' } as const;

/**
 * A read model reads some types of events and leaves out the rest. What it then says of a lead, one event after the other,
 * is held against what the domain says, which reads all of them: a type that was forgotten is found here.
 */
describe('the tables of services, beside the leads of the domain', () => {
  /** The domain's leads after each event, and the event as the log gives it to who reads these types. */
  function* lives(file: string, types: readonly string[]) {
    const { events } = runScenario(readFileSync(new URL(file, libs), 'utf8'));
    const leads = new Map<LeadId, LeadState>();
    for (const [index, event] of events.entries()) {
      evolveLeads(leads, structuredClone(event) as LeadRotatorEvent);
      const recorded: RecordedEvent = { ...toNewEvent(event, context), position: index + 1 };
      yield { leads, read: types.includes(event.type) ? [recorded] : [] };
    }
  }

  /** `rows`: what the table holds of each lead. `saidOf`: what the domain says that it must hold; undefined: no row. */
  function expectSame(
    rows: Iterable<readonly [leadId: string, row: unknown]>,
    leads: ReadonlyMap<LeadId, LeadState>,
    saidOf: (lead: LeadState) => unknown,
  ): void {
    const said = [...leads].map(([leadId, lead]) => [leadId, saidOf(lead)] as const);
    expect([...rows].toSorted()).toEqual(said.filter(([, row]) => row !== undefined).toSorted());
  }

  it.each(files)('%s: deadlines', (file) => {
    const table = new Map<string, number>();
    for (const { leads, read } of lives(file, deadlineEventTypes)) {
      const { opened, ended } = deadlineChanges(read);
      for (const { leadId } of ended) table.delete(leadId);
      for (const { leadId, due } of opened) table.set(leadId, due);
      expectSame(table, leads, ({ due, offer }) => due ?? offer?.until);
    }
  });

  it.each(files)('%s: what waits for somebody', (file) => {
    const table = new Map<string, string>();
    for (const { leads, read } of lives(file, waitingEventTypes)) {
      const { began, ended } = waitingChanges(read);
      for (const { leadId } of ended) table.delete(leadId);
      for (const { leadId, rotationId } of began) table.set(leadId, rotationId);
      expectSame(
        table,
        leads,
        ({ pendingIn, waits, waitingIn }) => pendingIn ?? (waits === 'for-somebody' ? waitingIn : undefined),
      );
    }
  });

  it.each(files)('%s: owned leads', (file) => {
    const table = new Map<string, OwnedLead>();
    for (const { leads, read } of lives(file, ownedLeadTypes)) {
      writeOwnedLeads(table, foldOwnedLeads(read));
      const rows = [...table.values()].map(
        ({ leadId, ownerId, claimed, due, outcome }) => [leadId, { ownerId, claimed, due, outcome }] as const,
      );
      expectSame(rows, leads, ({ ownerId, claimed, due = null, closed: outcome = null }) =>
        ownerId === undefined ? undefined : { ownerId, claimed, due, outcome },
      );
    }
  });
});

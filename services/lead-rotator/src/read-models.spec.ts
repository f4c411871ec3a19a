import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evolveLeads, type LeadState } from '@lead-rotator/claim';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { foldOwnedLeads, type OwnedLead, ownedLeadTypes } from '@lead-rotator/router';
import { runScenario } from '@lead-rotator/scenario';
import { deadlineChanges, deadlineEventTypes, waitingChanges, waitingEventTypes } from '@lead-rotator/sla';

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
  const say = ({ facts: { leadId } }: LeadState, what: unknown) => [leadId, what ?? null];
  const sorted = (rows: unknown[][]) => rows.filter(([, what]) => what !== null).toSorted();

  /** The domain's leads and each event, in order. */
  function* lives(file: string): Generator<{ leads: Map<LeadId, LeadState>; recorded: RecordedEvent }> {
    const { events } = runScenario(readFileSync(new URL(file, libs), 'utf8'));
    const leads = new Map<LeadId, LeadState>();
    for (const [index, event] of events.entries()) {
      evolveLeads(leads, structuredClone(event) as LeadRotatorEvent);
      yield { leads, recorded: { ...toNewEvent(event, context), position: index + 1 } };
    }
  }

  const wanted = (recorded: RecordedEvent, types: readonly string[]) =>
    types.includes(recorded.type) ? [recorded] : [];

  it.each(files)('%s: deadlines', (file) => {
    const table = new Map<string, number>();
    for (const { leads, recorded } of lives(file)) {
      const { opened, ended } = deadlineChanges(wanted(recorded, deadlineEventTypes));
      for (const { leadId } of ended) table.delete(leadId);
      for (const { leadId, due } of opened) table.set(leadId, due);
      expect([...table].toSorted()).toEqual(
        sorted([...leads.values()].map((lead) => say(lead, lead.due ?? lead.offer?.until))),
      );
    }
  });

  it.each(files)('%s: what waits for somebody', (file) => {
    const table = new Map<string, string>();
    for (const { leads, recorded } of lives(file)) {
      const { began, ended } = waitingChanges(wanted(recorded, waitingEventTypes));
      for (const { leadId } of ended) table.delete(leadId);
      for (const { leadId, rotationId } of began) table.set(leadId, rotationId);
      const waits = (lead: LeadState) => lead.pendingIn ?? (lead.waits === 'for-somebody' ? lead.waitingIn : undefined);
      expect([...table].toSorted()).toEqual(sorted([...leads.values()].map((lead) => say(lead, waits(lead)))));
    }
  });

  it.each(files)('%s: owned leads', (file) => {
    const table = new Map<string, OwnedLead>();
    for (const { leads, recorded } of lives(file)) {
      const { given, changed, gone } = foldOwnedLeads(wanted(recorded, ownedLeadTypes));
      for (const { leadId, claimedAt, endsDeadline, outcome } of changed.values()) {
        const row = table.get(leadId);
        if (row === undefined) continue;
        row.claimed ||= claimedAt !== null;
        row.outcome ??= outcome;
        if (endsDeadline) row.due = null;
      }
      for (const row of given.values()) table.set(row.leadId, row);
      for (const { leadId } of gone.values()) table.delete(leadId);
      const rows = [...table.values()].map(({ leadId, ownerId, claimed, due, outcome }) => [
        leadId,
        { ownerId, claimed, due, outcome },
      ]);
      const owned = [...leads.values()].map((lead) =>
        say(
          lead,
          lead.ownerId === undefined
            ? null
            : { ownerId: lead.ownerId, claimed: lead.claimed, due: lead.due ?? null, outcome: lead.closed ?? null },
        ),
      );
      expect(rows.toSorted()).toEqual(sorted(owned));
    }
  });
});

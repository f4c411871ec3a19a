import { describe, expect, it } from '@jest/globals';
import { type ContactId, inboundLead, LeadCaptured, type LeadId } from '@lead-rotator/lead-events';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type CaptureLead, captureLead, type LeadCapturedEvent } from './capture-lead.ts';

const at = Date.parse('2026-01-05T09:00:00.120Z');
const command: CaptureLead = {
  leadId: '7d9e2c0f-6f0a-5c1b-9d5e-0c6f5a1b2c3d' as LeadId,
  sourceLeadId: 'fb-812',
  lead: { id: 'fb-812', source: 'facebook', email: 'kim@lead.example', group: 'loans', attributes: { budget: 5000 } },
  contactIds: ['b1c4f6a2-1f0e-4c53-8f9d-3a2b1c0d9e8f' as ContactId],
  at,
};
const captured = {
  type: 'LeadCaptured',
  data: {
    leadId: command.leadId,
    source: 'facebook',
    sourceLeadId: 'fb-812',
    contactIds: command.contactIds,
    group: 'loans',
    status: 'new',
    receivedAt: '2026-01-05T09:00:00.120Z',
    person: { email: 'kim@lead.example', attributes: { budget: 5000 } },
    at: '2026-01-05T09:00:00.120Z',
  },
};

describe('capturing a lead', () => {
  it('records it, personal data apart, received now and new unless it says otherwise', () => {
    expect(captureLead.decide(captureLead.initialState(), command)).toEqual([captured]);
  });

  it('keeps the time and the status it came with, the time in UTC', () => {
    const lead = { ...command.lead, status: 'contacted', receivedAt: '2026-01-05T09:30:00+01:00' };
    expect(captureLead.decide(captureLead.initialState(), { ...command, lead })).toMatchObject([
      { data: { status: 'contacted', receivedAt: '2026-01-05T08:30:00.000Z' } },
    ]);
  });

  it('changes nothing when it is captured already, even if it says something else now', () => {
    const state = captureLead.evolve(captureLead.initialState(), captured as never);
    expect(captureLead.decide(state, { ...command, lead: { ...command.lead, group: 'other' } })).toEqual([]);
  });

  it('keeps every field that a lead can have', () => {
    const ajv = addFormats.default(new Ajv2020());
    const lead = {
      ...Object.fromEntries(Object.keys(inboundLead.properties).map((name) => [name, name])),
      score: 1,
      attributes: {},
      receivedAt: '2026-01-05T09:00:00Z',
    } as unknown as CaptureLead['lead'];
    const [event] = [
      captureLead.decide(captureLead.initialState(), { ...command, lead }),
    ].flat() as LeadCapturedEvent[];
    expect(ajv.validate(LeadCaptured.data, event?.data)).toBe(true);
    const kept = JSON.stringify(event?.data);
    for (const [name, value] of Object.entries(lead)) {
      if (!['id', 'receivedAt', 'attributes'].includes(name))
        expect(kept).toContain(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
    }
  });
});

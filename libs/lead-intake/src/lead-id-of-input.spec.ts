import { describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { acceptLead } from './accept-lead.ts';
import { leadIdOf } from './lead-id.ts';
import { leadIdOfInput } from './lead-id-of-input.ts';

const of = (input: unknown) => leadIdOfInput(defaultOrganization, input, 'stand-in');
const lead = { source: 'facebook', email: 'kim@lead.example' };

describe('the id of a lead that came in', () => {
  it.each([
    ['its own', { ...lead, id: ' f-1 ' }],
    ['blank', { ...lead, id: ' ' }],
    ['null', { ...lead, id: null }],
    ['missing', lead],
  ])('is that of the accepted lead when the id of its source is %s', (_, input) => {
    const acceptance = acceptLead(input, undefined);
    const id = acceptance.accepted ? (acceptance.lead.id ?? 'stand-in') : 'refused';
    expect(of(input)).toBe(leadIdOf(defaultOrganization, 'facebook', id));
  });

  it.each([[null], ['lead'], [[]], [{ email: lead.email }]])('is none for %j', (input) => {
    expect(of(input)).toBeUndefined();
  });
});

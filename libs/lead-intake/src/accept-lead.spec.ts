import { describe, expect, it } from '@jest/globals';
import { acceptLead } from './accept-lead.ts';

const full = {
  id: 'fb-812',
  source: 'facebook',
  firstName: 'Kim',
  lastName: 'Lee',
  email: 'kim@lead.example',
  phone: '+4915112345678',
  country: 'DE',
  region: 'HH',
  postcode: '20095',
  site: 'www.acme.example',
  page: 'spring',
  group: 'loans',
  status: 'new',
  score: 71,
  owner: 'ann@acme.example',
  attributes: { budget: 5000 },
  receivedAt: '2026-01-05T09:00:00Z',
};

function faultsOf(input: unknown): Record<string, string> {
  const result = acceptLead(input, 'DE');
  return Object.fromEntries(result.accepted ? [] : result.faults.map(({ path, message }) => [path, message]));
}

describe('a lead on its way in', () => {
  it('is accepted as it is when it is as described', () => {
    expect(acceptLead(full, undefined)).toEqual({ accepted: true, lead: full });
  });

  it('needs no more than a source and a way to reach somebody', () => {
    expect(acceptLead({ source: 'web', phone: '+4915112345678' }, undefined)).toMatchObject({ accepted: true });
    expect(acceptLead({ source: 'web', email: 'kim@lead.example' }, undefined)).toMatchObject({ accepted: true });
    expect(faultsOf({ source: 'web' })).toEqual({ '': 'needs an email or a phone' });
  });

  it('comes back with its email and phone normalised', () => {
    expect(acceptLead({ source: 'web', email: ' Kim+ads@Lead.Example ', phone: '0151 / 123 456 78' }, 'DE')).toEqual({
      accepted: true,
      lead: { source: 'web', email: 'kim+ads@lead.example', phone: '+4915112345678' },
    });
  });

  it('has fields that are null or blank left out', () => {
    const lead = { source: 'web', email: 'kim@lead.example', phone: '', firstName: null, region: '  ' };
    expect(acceptLead(lead, 'DE')).toEqual({ accepted: true, lead: { source: 'web', email: 'kim@lead.example' } });
  });

  it('is refused with every fault by its path', () => {
    const input = { source: '', email: 'kim', phone: '12', score: '71', utm: 'x', attributes: [], receivedAt: 'today' };
    expect(faultsOf(input)).toEqual({
      '/source': 'is missing',
      '/email': 'is not an email address',
      '/phone': 'is not a phone number; write it like +4915112345678',
      '/score': 'must be a number',
      '/utm': 'is not a field of a lead; further data goes into attributes',
      '/attributes': 'must be an object',
      '/receivedAt': 'must be a time like 2026-01-05T09:00:00Z',
    });
  });

  it.each([[null], [[]], ['lead'], [7], [undefined]])('is refused when it is %j', (input) => {
    expect(faultsOf(input)).toEqual({ '': 'must be an object: one lead' });
  });

  it.each([
    '2026-02-30T09:00:00Z',
    '2026-01-05T09:00:00',
    '2026-13-01T09:00:00Z',
    '2016-12-31T23:59:60Z',
    '2026-01-05 09:00:00Z',
  ])('is refused when received at %s', (receivedAt) => {
    expect(Object.keys(faultsOf({ ...full, receivedAt }))).toEqual(['/receivedAt']);
  });

  it('is refused with texts that the log cannot keep, wherever they stand', () => {
    const attributes = { note: 'a\u0000b', deep: [{ 'c/d': '\ud800' }], 'e\u0000': 1 };
    expect(faultsOf({ ...full, lastName: 'Le\u0000e', attributes })).toEqual({
      '/lastName': 'contains the character U+0000',
      '/attributes/note': 'contains the character U+0000',
      '/attributes/deep/0/c~1d': 'contains half of a surrogate pair',
      '/attributes/e\u0000': 'the name of this field contains the character U+0000',
    });
  });

  it('is refused when nested without measure', () => {
    let attributes: Record<string, unknown> = {};
    for (let depth = 0; depth < 10_000; depth += 1) attributes = { a: attributes };
    expect(Object.values(faultsOf({ ...full, attributes }))).toEqual(['is nested deeper than 20']);
  });

  it('cannot change what objects are', () => {
    const input = JSON.parse('{"source":"web","email":"kim@lead.example","__proto__":{"owner":"eve"}}') as unknown;
    expect(faultsOf(input)).toEqual({ '/__proto__': 'is not a field of a lead; further data goes into attributes' });
  });
});

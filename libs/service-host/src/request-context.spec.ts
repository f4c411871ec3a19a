import { describe, expect, it } from '@jest/globals';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { byWhoAsks, requestContext } from './request-context.ts';

const key = { keyId: 'k1', organizationId: 'acme' as OrganizationId };
const admin = { ...key, kind: 'admin' } as const;
const ann = { ...key, kind: 'user', subject: 'ann' } as const;
const facebook = { ...key, kind: 'source', subject: 'facebook' } as const;

describe('the context of a request', () => {
  it('is that of the API and of the organization of the key', () => {
    expect(requestContext({ 'x-request-id': 'r1' }, admin)).toEqual({
      organizationId: 'acme',
      actor: 'service:api',
      cause: 'request:r1',
    });
  });

  it('names the user for whom an admin key speaks, and the trace', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'x-actor': 'bob', 'x-request-id': 'r1', traceparent };
    expect(requestContext(headers, admin)).toMatchObject({ actor: 'user:bob', traceparent });
  });

  it('names the user or the source of the key', () => {
    expect(requestContext({}, ann).actor).toBe('user:ann');
    expect(requestContext({}, facebook).actor).toBe('source:facebook');
  });

  it('is refused with a header that cannot be used', () => {
    expect(() => requestContext({ 'x-actor': 'an n' }, admin)).toThrow('x-actor');
  });

  it('says who does what nobody is named for', () => {
    const context = requestContext({}, ann);
    expect(byWhoAsks({ kind: 'call' }, context)).toEqual({ kind: 'call', by: 'ann' });
    expect(byWhoAsks({ kind: 'call', by: 'bob' }, context)).toEqual({ kind: 'call', by: 'bob' });
    expect(byWhoAsks({ kind: 'call' }, requestContext({}, admin))).toEqual({ kind: 'call' });
  });
});

import { describe, expect, it } from '@jest/globals';
import { requestContext } from './request-context.ts';

describe('the context of a request', () => {
  it('is that of the API and of the default organization if no header says more', () => {
    expect(requestContext({ 'x-request-id': 'r1' })).toEqual({
      organizationId: 'default',
      actor: 'service:api',
      cause: 'request:r1',
    });
  });

  it('names the user who asks, their organization and the trace', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'x-actor': 'ann', organization: 'acme', 'x-request-id': 'r1', traceparent };
    expect(requestContext(headers)).toEqual({
      organizationId: 'acme',
      actor: 'user:ann',
      cause: 'request:r1',
      traceparent,
    });
  });

  it('is refused with every header that cannot be used', () => {
    const faults = () => requestContext({ 'x-actor': 'an n', organization: 'a/b' });
    expect(faults).toThrow('organization');
    expect(faults).toThrow('x-actor');
  });
});

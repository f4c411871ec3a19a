import { describe, expect, it } from '@jest/globals';
import { standInOfMessage, standInOfRequest } from './stand-in-id.ts';

const place = { topic: 'leads.inbound', partition: 3, offset: 4711n, timestamp: 1767603600000 };

describe('a lead without an id of its own', () => {
  it("is known by the CloudEvent's id", () => {
    expect(standInOfMessage(place, 'ce-1')).toBe('ce-1');
  });

  it('is known by the place of its message, redelivered or not', () => {
    expect(standInOfMessage(place, undefined)).toBe('leads.inbound/3/4711/1767603600000');
  });

  it('is another than the one that stood there before the topic was made anew', () => {
    expect(standInOfMessage({ ...place, timestamp: 1 }, undefined)).not.toBe(standInOfMessage(place, undefined));
  });

  it('is known by the key of its request, and by its place in a batch', () => {
    expect(standInOfRequest('key-1', 'drawn')).toBe('key-1');
    expect(standInOfRequest('key-1', 'drawn', 7)).toBe('key-1/7');
  });

  it('is new each time when its request has no key', () => {
    expect(standInOfRequest(undefined, 'drawn', 7)).toBe('drawn');
  });
});

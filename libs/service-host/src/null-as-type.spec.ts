import { describe, expect, it } from '@jest/globals';
import { nullAsType } from './null-as-type.ts';

describe('a schema that can be null', () => {
  it('names null among its types, wherever it stands', () => {
    const document = { properties: { ownerId: { type: 'string', nullable: true, example: 'ann' } }, list: [1, null] };
    expect(nullAsType(document)).toEqual({
      properties: { ownerId: { type: ['string', 'null'], example: 'ann' } },
      list: [1, null],
    });
  });

  it('loses a nullable that says no', () => {
    expect(nullAsType({ type: 'string', nullable: false })).toEqual({ type: 'string' });
  });
});

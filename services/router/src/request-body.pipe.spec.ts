import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '@lead-rotator/service-host';
import { RequestBody } from './request-body.pipe.ts';
import { changeRotationRequest, createRotationRequest } from './rotations/rotation.requests.ts';

function faults(schema: ConstructorParameters<typeof RequestBody>[0], body: unknown) {
  try {
    new RequestBody(schema).transform(body);
    return [];
  } catch (error) {
    return error instanceof InvalidRequest ? error.faults.map(({ path, message }) => `${path} ${message}`) : [error];
  }
}

describe('a body', () => {
  it('that fits is taken as it is', () => {
    const body = { name: 'Web', claim: { within: 900_000, onMiss: { queue: 'late' } }, caps: { daily: 3 } };
    expect(new RequestBody(createRotationRequest).transform(body)).toBe(body);
  });

  it('is refused with every fault by its path', () => {
    const body = { claim: { within: 0, pauses: [{ days: 'mon' }] }, colour: 'red' };
    expect(faults(createRotationRequest, body)).toEqual(
      expect.arrayContaining([
        '/name is missing',
        '/colour is not a known field',
        '/claim/within must be >= 1',
        '/claim/pauses/0/from is missing',
        '/claim/pauses/0/to is missing',
      ]),
    );
  });

  it('that asks for a strategy of a later version is refused', () => {
    expect(faults(changeRotationRequest, { strategy: { type: 'random', seed: 7 } })).toContain(
      '/strategy/seed is not a known field',
    );
  });

  it('without anything is refused where something has to be said', () => {
    expect(faults(changeRotationRequest, undefined)).toHaveLength(1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '@lead-rotator/service-host';
import { RequestBody } from './request-body.pipe.ts';
import { changeRotationRequest, createRotationRequest } from './rotations/rotation.requests.ts';
import { draftRequest } from './rules/rules.request.ts';

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
        '/claim/within must be 1 or more',
        '/claim/pauses/0/from is missing',
        '/claim/pauses/0/to is missing',
      ]),
    );
  });

  it('is measured by the alternative that it means, and not by all others too', () => {
    expect(faults(changeRotationRequest, { strategy: { type: 'random', noRepeat: 'yes', order: 'x' } })).toEqual([
      '/strategy/order is not a known field',
      '/strategy/noRepeat must be true or false',
    ]);
    const { whenNobody } = { whenNobody: { backup: 7 } };
    expect(faults(changeRotationRequest, { whenNobody })).toEqual(['/whenNobody/backup must be a text']);
    expect(faults(changeRotationRequest, { claim: { within: 'soon' } })).toEqual([
      '/claim/within must be a whole number',
    ]);
  });

  it.each([
    ['as a word', 'wieghted'],
    ['as a type', { type: 'wieghted' }],
  ])('with a strategy that is none, %s, says which there are', (_, strategy) => {
    expect(faults(changeRotationRequest, { strategy })).toEqual([
      expect.stringMatching(/^\/strategy(\/type)? must be one of round-robin, .*weighted/),
    ]);
  });

  it.each([
    [{ id: 'a b', name: 'Web' }, '/id must be 1 to 200 letters, digits or signs, without blanks and accents'],
    [{ name: '' }, '/name must not be empty'],
    [{ name: 'Web', members: ['ann'] }, '/members/0 must be an object'],
    [{ name: 'Web', makeUp: 'non' }, '/makeUp must be one of none, one, all; did you mean none?'],
    [{ name: 'Web', claim: { within: 1, witin: 1 } }, '/claim/witin is not a known field; did you mean within?'],
    [{ name: 'Web', strategy: 'wieghted' }, expect.stringContaining('; did you mean weighted?')],
  ])('is answered in words for who filled it in: %j', (body, fault) => {
    expect(faults(createRotationRequest, body)).toEqual([fault]);
  });

  it('may have null where that means something, beside what is wrong', () => {
    expect(faults(changeRotationRequest, { timeZone: null, claim: null, makeUp: 'two' })).toEqual([
      '/makeUp must be one of none, one, all',
    ]);
  });

  it('with a strategy that needs settings says so', () => {
    expect(faults(changeRotationRequest, { strategy: 'first-to-claim' })).toEqual(['/strategy must be an object']);
    expect(faults(changeRotationRequest, { strategy: 'weighted', makeUp: 'two' })).toHaveLength(1);
  });

  it('with a choice that is none says which word was meant, and misses none of the others', () => {
    expect(faults(draftRequest, { rules: [{ to: { roation: 'late' } }] })).toEqual([
      '/rules/0/to/roation is not a known field; did you mean rotation?',
    ]);
    expect(faults(draftRequest, { rules: [{ to: {} }] })).toEqual(['/rules/0/to must not be empty']);
  });

  it('names the place in a list', () => {
    const members = [{ user: 'ann' }, { user: 'bob', weight: -1 }];
    expect(faults(createRotationRequest, { name: 'Web', members })).toEqual(['/members/1/weight must be more than 0']);
  });

  it('with a text that cannot be stored is refused, wherever it stands', () => {
    const pickUp = { default: ['new', 'a\0b'], 'x\ud800': [] };
    expect(faults(changeRotationRequest, { pickUp }).map((fault) => String(fault).split(' ')[0])).toEqual([
      '/pickUp/default/1',
      '/pickUp/x\ud800',
    ]);
  });

  it('without anything is refused where something has to be said', () => {
    expect(faults(changeRotationRequest, undefined)).toHaveLength(1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { InvalidRequest } from '@lead-rotator/service-host';
import { newestFirst, pageOf } from './page-request.ts';
import { positionPage } from './position-page.ts';
import { singleValue } from './single-value.pipe.ts';
import { versionNumber } from './whole-number.ts';

const ofQuery = (data: string) => ({ type: 'query', data }) as const;

function faultOf(ask: () => unknown) {
  try {
    return ask();
  } catch (error) {
    return error instanceof InvalidRequest ? error.faults[0] : error;
  }
}

describe('a number in an address', () => {
  const limit = { path: '/limit', message: 'must be a whole number from 1 to 200' };
  const cursor = { path: '/cursor', message: 'must be the `cursor` of the page before' };
  const version = { path: '/version', message: 'must be a whole number from 1 on' };

  it.each(['abc', '0', '', '201', '-1', '1.5', '1e1', '0x10', ' 5', ['1', '2'] as unknown as string])(
    'is refused as a limit where it is none: %j',
    (text) => {
      expect(faultOf(() => pageOf([], text))).toEqual(limit);
      expect(faultOf(() => positionPage(text, undefined))).toEqual(limit);
    },
  );

  it.each(['zzz', '-1', '', '1e1', '99999999999999999'])('is refused as a cursor where it is none: %j', (text) => {
    expect(faultOf(() => pageOf([], '1', text))).toEqual(cursor);
    expect(faultOf(() => newestFirst([], '1', text))).toEqual(cursor);
    expect(faultOf(() => positionPage('1', text))).toEqual(cursor);
  });

  it.each(['x', '1.5', '-1', '0'])('is refused as a version where it is none: %j', (text) => {
    expect(faultOf(() => versionNumber.transform(text, { type: 'param', data: 'version' }))).toEqual(version);
  });

  it('is taken where it is one', () => {
    expect(pageOf(['a', 'b', 'c'], '1', '1')).toEqual({ items: ['b'], cursor: '2' });
    expect(positionPage('200', '4211')).toEqual({ limit: 200, cursor: 4211 });
    expect(versionNumber.transform('12', { type: 'param', data: 'version' })).toBe(12);
  });

  it('and a word is given once, and is not empty', () => {
    expect(faultOf(() => singleValue.transform(['a', 'b'], ofQuery('lead')))).toMatchObject({ path: '/lead' });
    expect(faultOf(() => singleValue.transform('', ofQuery('lead')))).toMatchObject({ message: 'must not be empty' });
  });
});

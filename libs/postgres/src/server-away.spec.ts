import { describe, expect, it } from '@jest/globals';
import { isServerAway } from './server-away.ts';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('a server', () => {
  it.each([
    'ECONNREFUSED',
    'ENETUNREACH',
    'EHOSTDOWN',
    '08006',
    '40P01',
    '53100',
    '57P01',
    '58030',
    '55P03',
    '25006',
    '55000',
    '3D000',
    '28000',
    '42501',
    '42P01',
  ])('is away by the code %s', (code) => {
    expect(isServerAway(coded(code))).toBe(true);
  });

  it('is away by what pg says without a code', () => {
    expect(isServerAway(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isServerAway(new Error('Query read timeout'))).toBe(true);
    expect(isServerAway(new Error('timeout expired'))).toBe(true);
  });

  it.each(['22021', '23505', '42601', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])('is there by the code %s', (code) => {
    expect(isServerAway(coded(code))).toBe(false);
  });

  it('is there by an error without a code, and by what is none', () => {
    expect(isServerAway(new Error('the lead has no connection'))).toBe(false);
    expect(isServerAway('Connection terminated')).toBe(false);
    expect(isServerAway(undefined)).toBe(false);
  });
});

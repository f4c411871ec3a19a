import { describe, expect, it } from '@jest/globals';
import { normaliseEmail } from './normalise-email.ts';
import { normalisePhone } from './normalise-phone.ts';

describe('an email address', () => {
  it.each([
    ['kim@lead.example', 'kim@lead.example'],
    ['  Kim@LEAD.example\n', 'kim@lead.example'],
    ['kim+ads@lead.example', 'kim+ads@lead.example'],
    ['ZO\u0045\u0308@lead.example', 'zo\u00eb@lead.example'],
  ])('%j is known as %j', (given, normalised) => {
    expect(normaliseEmail(given)).toBe(normalised);
    expect(normaliseEmail(normalised)).toBe(normalised);
  });
});

describe('a phone number', () => {
  it.each([
    ['+4915112345678', undefined, '+4915112345678'],
    ['+49 (0)151 1234-5678', undefined, '+4915112345678'],
    ['0151 12345678', 'DE', '+4915112345678'],
    ['0049 151 12345678', 'DE', '+4915112345678'],
    ['(212) 555-0100 ext. 7', 'US', '+12125550100'],
    ['+1 212 555 0100', 'DE', '+12125550100'],
  ])('%j in %s is known as %s', (given, country, normalised) => {
    expect(normalisePhone(given, country)).toBe(normalised);
  });

  it.each([
    ['0151 12345678', undefined],
    ['12', 'DE'],
    ['call me', 'DE'],
    ['+49151123456789012345', 'DE'],
  ])('%j in %s is none', (given, country) => {
    expect(normalisePhone(given, country)).toBeUndefined();
  });
});

import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * The number in E.164, or undefined if it cannot be one. Numbers of a possible length are taken, assigned or not: new
 * ranges are opened faster than any list knows them. An extension is dropped.
 * @param defaultCountry ISO 3166 code of numbers without an international prefix; without it they are not understood.
 */
export function normalisePhone(phone: string, defaultCountry: string | undefined): string | undefined {
  const number = parsePhoneNumberFromString(phone, defaultCountry as CountryCode | undefined);
  return number?.isPossible() ? number.number : undefined;
}

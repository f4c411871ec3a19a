import { InvalidRequest } from '@lead-rotator/service-host';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

/** In digits, as people and our cursors write it: `Number` takes `0x10`, `1e1` and nothing at all too. NaN: it is none. */
export const numberFrom = (text: unknown): number =>
  typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;

/** @throws InvalidRequest with the place */
export function wholeNumber(name: string, text: unknown, largest: number): number {
  const number = numberFrom(text);
  if (Number.isSafeInteger(number) && number >= 1 && number <= largest) return number;
  throw new InvalidRequest([{ path: `/${name}`, message: `must be a whole number from 1 to ${largest}` }]);
}

/** The place that a cursor stands for; what a page before cannot have given is refused. @throws InvalidRequest */
export function cursorFrom(text: unknown, least: number): number {
  const place = numberFrom(text);
  if (Number.isSafeInteger(place) && place >= least) return place;
  throw new InvalidRequest([{ path: '/cursor', message: 'must be the `cursor` of the page before' }]);
}

/** A version, in the address. The validation before it has made a number of it, or NaN. */
export const versionNumber: PipeTransform<unknown, number> = {
  /** @throws InvalidRequest */
  transform(value: unknown, { data = '' }: ArgumentMetadata): number {
    const version = numberFrom(String(value));
    if (Number.isSafeInteger(version) && version >= 1) return version;
    throw new InvalidRequest([{ path: `/${data}`, message: 'must be a whole number from 1 on' }]);
  },
};

import { InvalidRequest } from '@lead-rotator/service-host';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

/** Takes a query that is given once, or not at all: given twice it would come as a list. */
export const singleValue: PipeTransform<unknown, string | undefined> = {
  /** @throws InvalidRequest */
  transform(value: unknown, { data: path = '' }: ArgumentMetadata): string | undefined {
    if (value === '') throw new InvalidRequest([{ path: `/${path}`, message: 'must not be empty' }]);
    if (value === undefined || typeof value === 'string') return value;
    throw new InvalidRequest([{ path: `/${path}`, message: 'must be given once' }]);
  },
};

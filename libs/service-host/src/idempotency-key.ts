import { InvalidRequest } from './invalid-request.ts';

/**
 * The `Idempotency-Key` of a request, by which it is known when it is sent again; undefined: it has none.
 * @throws InvalidRequest when it is no key: 1 to 150 printable ASCII characters.
 */
export function readIdempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x20-\x7e]{1,150}$/.test(header)) return header;
  throw new InvalidRequest([{ path: '/idempotency-key', message: 'must be 1 to 150 printable ASCII characters' }]);
}

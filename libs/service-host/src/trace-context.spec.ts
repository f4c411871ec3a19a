import { describe, expect, it } from '@jest/globals';
import { readTraceparent, traceIdOf } from './trace-context.ts';

const good = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a traceparent', () => {
  it('is kept when it is one', () => {
    expect(readTraceparent(good)).toBe(good);
    expect(traceIdOf(good)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  });

  it.each([
    undefined,
    '',
    'nonsense',
    good.toUpperCase(),
    `${good}-more`,
    good.replace('00-', 'ff-'),
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
  ])('is dropped when it is %s', (value) => {
    expect(readTraceparent(value)).toBeUndefined();
  });
});

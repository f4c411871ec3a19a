import { describe, expect, it } from '@jest/globals';
import { matchesAnswer } from './matches-answer.ts';

const json = (found: unknown, shown: unknown) => matchesAnswer(JSON.stringify(found), JSON.stringify(shown), 'json');

describe('an answer in a page', () => {
  it('is matched by JSON that says at least the same', () => {
    expect(json({ a: 1, b: [{ c: 'x', d: 2 }], e: 0 }, { a: 1, b: [{ c: 'x' }] })).toBe(true);
    expect(json({ a: 2 }, { a: 1 })).toBe(false);
    expect(json({}, { a: null })).toBe(false);
    expect(json({ a: [1, 2] }, { a: [1] })).toBe(false);
    expect(matchesAnswer('not json', '{}', 'json')).toBe(false);
  });

  it('is matched by anything where it shows an ellipsis', () => {
    expect(json({ id: '7d9e', list: [1, 2, 3] }, { id: '…', list: [1, '…'] })).toBe(true);
    expect(json({ due: '2026-01-05T09:15:00.000Z' }, { due: '2026-01-05T…Z' })).toBe(true);
    expect(json({}, { id: '…' })).toBe(false);
  });

  it('is matched by text whose lines come in the same order', () => {
    expect(matchesAnswer('starting\nlistening on 3000\ndone\n', 'listening on …\ndone', 'text')).toBe(true);
    expect(matchesAnswer('done\nlistening on 3000', 'listening on …\ndone', 'text')).toBe(false);
    expect(matchesAnswer('a (b)', 'a (b)', 'text')).toBe(true);
  });
});

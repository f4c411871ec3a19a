import { describe, expect, it } from '@jest/globals';
import { blaming, inWords } from './in-words.ts';

describe('what went wrong, in words', () => {
  const refused = (address: string) => new Error(`connect ECONNREFUSED ${address}`);

  it('names each address of a name that has several, where Node says nothing', () => {
    const error = new AggregateError([refused('::1:5432'), refused('127.0.0.1:5432')]);
    expect(inWords(error)).toBe('connect ECONNREFUSED ::1:5432; connect ECONNREFUSED 127.0.0.1:5432');
  });

  it('names the setting that is to blame', async () => {
    const work = () => Promise.reject(refused('127.0.0.1:1'));
    await expect(blaming('DATABASE_URL', work)).rejects.toThrow('DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1');
  });
});

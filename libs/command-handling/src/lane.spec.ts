import { describe, expect, it } from '@jest/globals';
import { Lane } from './lane.ts';

describe('a lane', () => {
  it('takes everything that came in during a batch into the next, up to the most allowed', async () => {
    const batches: number[][] = [];
    const lane = new Lane<number, number>(async (items) => {
      batches.push([...items]);
      await Promise.resolve();
      return items.map((item) => item * 10);
    }, 3);
    const results = await Promise.all([1, 2, 3, 4, 5].map((item) => lane.add(item)));
    expect(results).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('prepares a full batch that waits while the one before it is under way, and no other', async () => {
    const told: string[] = [];
    const process = async (items: readonly number[], ahead?: Promise<string>) => {
      told.push(`${items} with ${await ahead?.catch(() => 'nothing')}`);
      return items;
    };
    const prepare = async (items: readonly number[]) => {
      if (items.includes(4)) throw new Error('down');
      return `${items}`;
    };
    const lane = new Lane<number, number, string>(process, 2, prepare);
    await Promise.all([1, 2, 3, 4, 5, 6].map((item) => lane.add(item)));
    expect(told).toEqual(['1 with undefined', '2,3 with 2,3', '4,5 with nothing', '6 with undefined']);
  });

  it('rejects the items of a failed batch and goes on with the next', async () => {
    const lane = new Lane<string, string>(async (items) => {
      if (items.includes('bad')) throw new Error('refused');
      return items;
    }, 1);
    const [bad, good] = await Promise.allSettled([lane.add('bad'), lane.add('good')]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'refused' } });
    expect(good).toEqual({ status: 'fulfilled', value: 'good' });
  });
});

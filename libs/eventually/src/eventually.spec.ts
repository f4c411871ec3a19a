import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('looks until a look throws nothing, and returns what that one found', async () => {
    let looks = 0;
    const found = await eventually(async () => {
      looks += 1;
      expect(looks).toBe(3);
      return 'found';
    });
    expect([looks, found]).toEqual([3, 'found']);
  });

  it('fails as the last look did when the limit is over', async () => {
    let looks = 0;
    const looking = eventually(() => {
      looks += 1;
      throw new Error(`look ${looks}`);
    }, 100);
    await expect(looking).rejects.toThrow();
    await expect(looking).rejects.toThrow(`look ${looks}`);
    expect(looks).toBeGreaterThan(1);
  });
});

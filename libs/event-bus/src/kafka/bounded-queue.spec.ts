import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue.ts';

describe('a bounded queue', () => {
  it('gives all that was pushed, in order, to who takes', async () => {
    const queue = new BoundedQueue<number>(10);
    const taken = queue.take(60_000);
    queue.push([1, 2]);
    queue.push([3]);
    expect(await taken).toEqual([1, 2, 3]);
  });

  it('says when it has room, and wakes who waits for that', async () => {
    const queue = new BoundedQueue<number>(2);
    queue.push([1, 2]);
    expect(queue.hasRoom()).toBe(false);
    const change = queue.change();
    await queue.take(60_000);
    await change;
    expect(queue.hasRoom()).toBe(true);
  });

  it('gives nothing when nothing comes in time', async () => {
    const queue = new BoundedQueue<number>(2);
    expect(await queue.take(10)).toEqual([]);
    queue.push([1]);
    expect(await queue.take(10)).toEqual([1]);
  });

  it('fails after everything pushed before was taken', async () => {
    const queue = new BoundedQueue<number>(2);
    queue.push([1]);
    queue.fail(new Error('crashed'));
    expect(await queue.take(60_000)).toEqual([1]);
    await expect(queue.take(60_000)).rejects.toThrow('crashed');
  });
});

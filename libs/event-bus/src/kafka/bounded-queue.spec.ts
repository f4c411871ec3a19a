import { describe, expect, it } from '@jest/globals';
import { BoundedQueue } from './bounded-queue.ts';

describe('a bounded queue', () => {
  it('gives all that was pushed, in order, to who takes', async () => {
    const queue = new BoundedQueue<number>(10);
    const taken = queue.take();
    queue.push([1, 2]);
    queue.push([3]);
    expect(await taken).toEqual([1, 2, 3]);
  });

  it('says when it has room, and wakes who waits for that', async () => {
    const queue = new BoundedQueue<number>(2);
    queue.push([1, 2]);
    expect(queue.hasRoom()).toBe(false);
    const change = queue.change();
    await queue.take();
    await change;
    expect(queue.hasRoom()).toBe(true);
  });

  it('fails after everything pushed before was taken', async () => {
    const queue = new BoundedQueue<number>(2);
    queue.push([1]);
    queue.fail(new Error('crashed'));
    expect(await queue.take()).toEqual([1]);
    await expect(queue.take()).rejects.toThrow('crashed');
  });
});

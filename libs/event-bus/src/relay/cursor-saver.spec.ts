import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { silentLogger } from '../bus-logger.ts';
import { CursorSaver } from './cursor-saver.ts';

describe('the saving of a cursor', () => {
  it('is tried again after a fault, also when nothing moves any more', async () => {
    const saved: number[] = [];
    let faults = 1;
    const save = async (cursor: number) => {
      faults -= 1;
      if (faults >= 0) throw new Error('away');
      saved.push(cursor);
    };
    const saver = new CursorSaver(save, silentLogger, 1);
    saver.reached(7);
    await eventually(() => expect(saved).toEqual([7]));
    await saver.close();
    expect(saved).toEqual([7]);
  });
});

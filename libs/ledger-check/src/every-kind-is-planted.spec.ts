import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { faultKinds } from './fault-kinds.ts';
import { plantedInLog } from './testing/planted-in-log.ts';
import { plantedOnTopic } from './testing/planted-on-topic.ts';

describe('the check itself', () => {
  it('is tested with every kind of fault', () => {
    const elsewhere = readFileSync(new URL('./other-faults.spec.ts', import.meta.url), 'utf8');
    const planted = new Set<string>([...plantedInLog, ...plantedOnTopic].map(({ kind }) => kind));
    const without = Object.keys(faultKinds).filter((kind) => !planted.has(kind) && !elsewhere.includes(`: ${kind}'`));
    expect(without).toEqual([]);
  });
});

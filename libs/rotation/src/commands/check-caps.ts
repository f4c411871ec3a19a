import type { Rejection } from '@lead-rotator/event-sourcing';
import type { Caps } from '@lead-rotator/lead-events';
import { invalid } from '../refusal.ts';
import { nearestWord } from './nearest-word.ts';

const windows: readonly string[] = ['hourly', 'daily', 'weekly', 'monthly'] satisfies (keyof Caps)[];

/** The first cap that cannot be; undefined if there is none. */
export function faultsOfCaps(caps: Caps | undefined): Rejection<'invalid'> | undefined {
  for (const [window, limit] of Object.entries(caps ?? {})) {
    if (!windows.includes(window)) {
      return invalid('caps', `must be one of ${windows.join(', ')}`, {
        found: window,
        meant: nearestWord(window, windows),
      });
    }
    const fault = faultOfCount(`caps.${window}`, limit);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A number of leads, or of something else that is counted; 0 mostly is no limit. */
export const faultOfCount = (path: string, count: number | undefined): Rejection<'invalid'> | undefined =>
  count === undefined || (Number.isSafeInteger(count) && count >= 0)
    ? undefined
    : invalid(path, 'must be a whole number from 0 on', { found: count });

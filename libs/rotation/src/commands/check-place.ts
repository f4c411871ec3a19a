import type { Rejection } from '@lead-rotator/event-sourcing';
import { invalid } from '../refusal.ts';

/** What is wrong with a place in a list, counted from 1. */
export const faultOfPlace = (place: number, last: number): Rejection<'invalid'> | undefined =>
  Number.isSafeInteger(place) && place >= 1 && place <= last
    ? undefined
    : invalid('place', `must be from 1 to ${last}`);

import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { AwayPeriod } from '@lead-rotator/lead-events';

const day = 86_400_000;
const hasZone = /(z|[+-]\d\d:?\d\d)$/i;

/**
 * Whether an instant lies in a period away: whole local days, both included, or instants, the last not included.
 * @param local what the clock on the wall shows, as if it were universal time
 */
export function isAway({ from, to }: AwayPeriod, at: EpochMilliseconds, local: number): boolean {
  const begun = isDate(from) || !hasZone.test(from) ? local >= asUniversal(from) : at >= Date.parse(from);
  if (isDate(to)) return begun && local < asUniversal(to) + day;
  return begun && (hasZone.test(to) ? at < Date.parse(to) : local < asUniversal(to));
}

const isDate = (text: string): boolean => text.length === 10;
const asUniversal = (text: string): number => Date.parse(isDate(text) ? `${text}T00:00:00Z` : `${text}Z`);

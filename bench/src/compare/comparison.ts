import { type Spread, spreadOf } from '../figures.ts';

/** One figure of ours beside that of another system. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  /** How many times better ours is; less than 1: worse. Absent where a ratio says nothing. */
  readonly times?: number | Spread;
}

/** Systems that did the same in one run. */
export interface Comparison {
  readonly ours: string;
  readonly theirs: string;
  readonly rows: readonly Row[];
  /** What is wrong with ours: the figures count only if nothing is. */
  readonly faults: readonly string[];
}

/** A number with so many digits behind the point at most. */
export const shown = (value: number, digits = 0): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });

/** Median, and between which figures the runs lay. */
function shownSpread({ min, median, max }: Spread, show = (value: number) => shown(value)): string {
  return min === max ? show(median) : `${show(median)} (${show(min)}–${show(max)})`;
}

/** Rates of several runs: more is better, medians are compared. */
export function rates(what: string, ours: readonly number[], theirs: readonly number[]): Row {
  const [our, their] = [spreadOf(ours), spreadOf(theirs)];
  return { what, ours: shownSpread(our), theirs: shownSpread(their), times: our.median / their.median };
}

/** As `rates`, of runs that were made in turns: how many times as many is taken of each two, and then the median. */
export function ratesInTurns(what: string, ours: readonly number[], theirs: readonly number[]): Row {
  return { ...rates(what, ours, theirs), times: spreadOf(ours.map((rate, run) => rate / (theirs[run] as number))) };
}

/** Times of one run: less is better. */
export function times(what: string, ours: number, theirs: number, unit: 'ms' | 's'): Row {
  return { what, ours: `${shown(ours, 1)} ${unit}`, theirs: `${shown(theirs, 1)} ${unit}`, times: theirs / ours };
}

/** Counts of what should not be. */
export function counts(what: string, ours: number, theirs: number): Row {
  return { what, ours: shown(ours), theirs: shown(theirs) };
}

/** Prints a table as the documentation has it. */
export function printComparison({ ours, theirs, rows }: Comparison): void {
  console.log(`\n| | ${ours} | ${theirs} | times better |\n| --- | ---: | ---: | ---: |`);
  for (const { what, ours: our, theirs: their, times: ratio } of rows) {
    console.log(`| ${what} | ${our} | ${their} | ${ratio === undefined ? '' : shownRatio(ratio)} |`);
  }
}

function shownRatio(ratio: number | Spread): string {
  if (typeof ratio !== 'number') return shownSpread(ratio, shownRatio);
  return Number.isFinite(ratio) ? shown(ratio, ratio < 10 ? 1 : 0) : '';
}

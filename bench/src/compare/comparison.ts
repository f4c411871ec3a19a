import { type Spread, spreadOf } from '../figures.ts';

/** One figure of ours beside that of another system. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  /** How many times better ours is; less than 1: worse. Absent where a ratio says nothing. */
  readonly times?: number;
}

/** Systems that did the same in one run. */
export interface Comparison {
  readonly ours: string;
  readonly theirs: string;
  readonly rows: readonly Row[];
  /** What is wrong with ours: the figures count only if nothing is. */
  readonly faults: readonly string[];
}

const number = (value: number, digits: number): string => value.toLocaleString('en', { maximumFractionDigits: digits });

/** Median, and between which figures the runs lay. */
function spread({ min, median, max }: Spread): string {
  return `${number(median, 0)} (${number(min, 0)}–${number(max, 0)})`;
}

/** Rates of several runs: more is better, medians are compared. */
export function rates(what: string, ours: readonly number[], theirs: readonly number[]): Row {
  const [our, their] = [spreadOf(ours), spreadOf(theirs)];
  return { what, ours: spread(our), theirs: spread(their), times: our.median / their.median };
}

/** Times of one run: less is better. */
export function times(what: string, ours: number, theirs: number, unit: 'ms' | 's'): Row {
  const shown = (value: number) => `${number(value, 1)} ${unit}`;
  return { what, ours: shown(ours), theirs: shown(theirs), times: theirs / ours };
}

/** Counts of what should not be. */
export function counts(what: string, ours: number, theirs: number): Row {
  return { what, ours: number(ours, 0), theirs: number(theirs, 0) };
}

/** Prints a table as the documentation has it. */
export function printComparison({ ours, theirs, rows }: Comparison): void {
  console.log(`\n| | ${ours} | ${theirs} | times better |\n| --- | ---: | ---: | ---: |`);
  for (const { what, ours: our, theirs: their, times: ratio } of rows) {
    const shown = ratio === undefined || !Number.isFinite(ratio) ? '' : number(ratio, ratio < 10 ? 1 : 0);
    console.log(`| ${what} | ${our} | ${their} | ${shown} |`);
  }
}

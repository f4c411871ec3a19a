import type { RotationId } from '@lead-rotator/lead-events';
import type { ReportRow } from './report.response.ts';
import { type ReportColumn, reportColumns } from './report-request.ts';
import type { ShareHistory } from './share-history.ts';

/** By what a line is found; a column that is not wanted is null in all of them. */
type Key = Readonly<Record<ReportColumn, string | null>>;

/** What was received, counted by the database. */
export type Received = Key & {
  readonly received: number;
  readonly turns: number;
  readonly claimed: number;
  readonly missed: number;
  /** In milliseconds. */
  readonly median: number | null;
  readonly won: number;
  readonly lost: number;
};

/** Turns of a rotation in one period of its shares. */
export interface CountedTurns {
  readonly rotation: RotationId;
  readonly period: number;
  readonly source: string | null;
  readonly month: string | null;
  readonly turns: number;
}

const nothing = { received: 0, turns: 0, claimed: 0, missed: 0, median: null, won: 0, lost: 0 } as const;

/**
 * The lines of a report. With members, each line says which share of the turns they had, and which they were due: who
 * was due some and had none has a line too.
 */
export function distributionReport(
  by: readonly ReportColumn[],
  received: readonly Received[],
  counted: readonly CountedTurns[],
  shares: ShareHistory,
): ReportRow[] {
  const lines = new Map(received.map((line) => [textOf(line), line]));
  const due = new Map<string, number>();
  const turns = new Map<string, number>();
  for (const { rotation, period, source, month, turns: count } of counted) {
    const group: Key = { member: null, rotation: by.includes('rotation') ? rotation : null, source, month };
    add(turns, textOf(group), count);
    for (const [member, share] of shares.rotations.get(rotation)?.sharesIn(period) ?? []) {
      const key: Key = { ...group, member };
      add(due, textOf(key), count * share);
      if (by.includes('member') && !lines.has(textOf(key))) lines.set(textOf(key), { ...key, ...nothing });
    }
  }
  const sorted = [...lines.entries()].sort(([, one], [, other]) => compare(one, other));
  return sorted.map(([text, line]) => {
    const all = turns.get(textOf({ ...line, member: null })) ?? 0;
    return rowOf(by, line, all, due.get(text) ?? 0);
  });
}

const textOf = (key: Key): string => JSON.stringify(reportColumns.map((column) => key[column]));

function add(sums: Map<string, number>, key: string, more: number): void {
  sums.set(key, (sums.get(key) ?? 0) + more);
}

function compare(one: Key, other: Key): number {
  for (const column of reportColumns) {
    const [left, right] = [one[column] ?? '', other[column] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function rowOf(by: readonly ReportColumn[], line: Received, allTurns: number, due: number): ReportRow {
  const { median, won, lost } = line;
  const ofTurns = (part: number) => (allTurns === 0 ? null : rounded(part / allTurns));
  return {
    ...Object.fromEntries(by.map((column) => [column, line[column]])),
    received: line.received,
    turns: line.turns,
    claimed: line.claimed,
    missed: line.missed,
    medianSecondsToClaim: median === null ? null : rounded(median / 1_000),
    won,
    lost,
    closeRate: won + lost === 0 ? null : rounded(won / (won + lost)),
    ...(by.includes('member') ? { shareReceived: ofTurns(line.turns), shareDue: ofTurns(due) } : {}),
  };
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

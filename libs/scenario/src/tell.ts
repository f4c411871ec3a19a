import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { ScenarioRun } from './run-scenario.ts';

/**
 * What happened, as a table: time, lead, owner, why; and how it differs from what was expected. Line by line: of a
 * million events it would be more than a string can hold.
 */
export function* tell(run: ScenarioRun): Generator<string> {
  const rows = run.events.flatMap(rowOf);
  const head = ['time', 'lead', 'owner', 'why'];
  const widths = head.map((name, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), name.length),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const differences = run.differences.flatMap(({ path, expected, found, because }) => [
    `  ${path}`,
    `    - expected ${JSON.stringify(expected)}`,
    `    + found    ${JSON.stringify(found)}${because === undefined ? '' : ` (${because})`}`,
  ]);
  const outcome = run.passed ? 'all expectations held' : `${run.differences.length} expectations did not hold`;
  yield line(head);
  for (const row of rows) yield line(row);
  yield '';
  yield* tellShares(run);
  yield outcome;
  yield* differences;
}

/** Weights need not add up to a hundred: what they come to. */
function tellShares({ shares }: ScenarioRun): string[] {
  const percent = (part: number): string => `${Math.round(part * 10_000) / 100} %`;
  return [...shares].map(([rotationId, parts]) => {
    const each = [...parts].map(([userId, part]) => `${userId} ${percent(part)}`);
    return `shares of ${rotationId}: ${each.join(', ')}`;
  });
}

type Row = readonly [time: string, lead: string, owner: string, why: string];

function rowOf(event: LeadRotatorEvent): Row[] {
  if (event.type === 'MemberPaused' || event.type === 'LeadCaptured' || !('leadId' in event.data)) return [];
  const { data } = event;
  const owner = 'ownerId' in data && data.ownerId !== undefined ? data.ownerId : 'userId' in data ? data.userId : '–';
  return [[`${data.at.slice(0, 19)}Z`, data.leadId ?? '–', owner, wordsOf(event)]];
}

function wordsOf(event: LeadRotatorEvent): string {
  const { data } = event;
  const words = [inWords(event.type)];
  if ('kind' in data) words.push(`${data.kind}: ${inWords(data.outcome)}`);
  if ('why' in data) words.push(`${inWords(data.why.step)}: ${inWords(data.why.reason)}`);
  if ('turn' in data && data.turn !== undefined) words.push(`turn ${data.turn.number} of ${data.rotationId}`);
  const passed = 'turn' in data ? data.turn?.passedOver : 'passedOver' in data ? data.passedOver : undefined;
  if (passed !== undefined && passed.length > 0) {
    words.push(`passed over ${passed.map(({ userId, reason }) => `${userId} (${reason})`).join(', ')}`);
  }
  if ('due' in data && data.due !== undefined) words.push(`due ${data.due.slice(0, 19)}Z`);
  return words.join(' · ');
}

/** `LeadReassigned` and `came-with-owner` as words. */
const inWords = (name: string): string =>
  name
    .replaceAll('-', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

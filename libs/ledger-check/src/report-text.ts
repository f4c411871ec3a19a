import type { CheckReport } from './check-report.ts';
import type { Finding } from './fault.ts';
import { type FaultKind, faultKinds, type WarningKind, warningKinds } from './fault-kinds.ts';

/** The report for people: what was looked at, then what is wrong, kind by kind. */
export function reportText(report: CheckReport): string {
  const { faults, faultCounts, warnings, warningCounts } = report;
  return [
    ...lookedAt(report),
    ...byKind('warning', warnings, warningCounts, warningKinds),
    ...byKind('FAULT', faults, faultCounts, faultKinds),
    faultsInWords(total(faultCounts)),
  ].join('\n');
}

const faultsInWords = (count: number): string => `${count === 0 ? 'no' : count} ${count === 1 ? 'fault' : 'faults'}`;

function* lookedAt({ logId, head, topic, groups, readModels, headHash }: CheckReport): Generator<string> {
  yield `log ${logId}: read to position ${head}`;
  if (topic !== undefined) {
    const { messages, redelivered, expired, underWay } = topic;
    yield `topic: ${messages} messages, ${redelivered} sent again, ${expired} expired, ${underWay} under way`;
  }
  for (const { groupId, topic: name, behind } of groups) yield `group ${groupId}: ${behind} behind on ${name}`;
  for (const [name, rows] of Object.entries(readModels)) yield `read model ${name}: ${rows} rows`;
  if (headHash !== undefined) yield `hash chain: head ${headHash}`;
}

function* byKind<Kind extends FaultKind | WarningKind>(
  word: string,
  findings: readonly Finding<Kind>[],
  counts: Readonly<Partial<Record<Kind, number>>>,
  meanings: Readonly<Record<Kind, string>>,
): Generator<string> {
  for (const [kind, found] of Map.groupBy(findings, (finding) => finding.kind)) {
    yield `${word} ${kind}: ${meanings[kind]}`;
    for (const { place, facts } of found) yield `  ${words(place)}${words(facts) && `: ${words(facts)}`}`;
    const more = (counts[kind] ?? 0) - found.length;
    if (more > 0) yield `  and ${more} more`;
  }
}

const words = (facts: object): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

function total(counts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0);
}

import type { Figures, UserFigures } from './figures.ts';
import type { WhatIf } from './what-if.ts';

/** So many leads with another owner are named. */
const leadsNamed = 20;

type Line = readonly [name: string, recorded: string, whatIf: string];

/** The two side by side, for people. */
export function whatIfText({ title, recorded, whatIf, others, erased }: WhatIf): string {
  const rows: Line[] = [['', 'recorded', 'what-if'], ...totals(recorded, whatIf), ...ofUsers(recorded, whatIf)];
  const named = others
    .slice(0, leadsNamed)
    .map((one) => `  ${one.leadId}: ${one.recorded ?? 'nobody'} | ${one.whatIf ?? 'nobody'}`);
  const more = others.length - leadsNamed;
  return [
    ...(title === '' ? [] : [title, '']),
    ...table(rows),
    '',
    `${others.length} of ${recorded.leads} leads would have another owner${others.length === 0 ? '.' : ':'}`,
    ...named,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(erased === 0 ? [] : [`Of ${erased} leads the person was erased: rules and filters knew nothing of them.`]),
  ].join('\n');
}

const totals = (recorded: Figures, whatIf: Figures): Line[] => [
  line('leads', ({ leads }) => String(leads), recorded, whatIf),
  line('nobody has', ({ unowned }) => String(unowned), recorded, whatIf),
  line('turns', ({ turns }) => String(turns), recorded, whatIf),
  line('reassigned', ({ reassignments }) => String(reassignments), recorded, whatIf),
  line('claims', ({ claims }) => String(claims), recorded, whatIf),
  line('misses', ({ misses }) => String(misses), recorded, whatIf),
  line('median to claim', ({ medianToClaim }) => durationWords(medianToClaim), recorded, whatIf),
];

const line = (name: string, say: (figures: Figures) => string, recorded: Figures, whatIf: Figures): Line => [
  name,
  say(recorded),
  say(whatIf),
];

function ofUsers(recorded: Figures, whatIf: Figures): Line[] {
  const ids = new Set([...Object.keys(recorded.users), ...Object.keys(whatIf.users)]);
  const say = (figures: Figures, id: string) => userWords((figures.users as Record<string, UserFigures>)[id]);
  return [...ids].sort().map((id) => [id, say(recorded, id), say(whatIf, id)]);
}

function userWords(figures: UserFigures | undefined): string {
  if (figures === undefined) return 'nothing';
  const { turns, share, owns, misses, medianToClaim } = figures;
  return `${turns} turns (${(share * 100).toFixed(1)} %), has ${owns}, ${misses} missed, ${durationWords(medianToClaim)}`;
}

/** To the second. */
function durationWords(milliseconds: number | null): string {
  if (milliseconds === null) return 'no claims';
  const seconds = Math.round(milliseconds / 1_000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join(' ') || '0s';
}

/** Columns that stand below one another. */
function table(rows: readonly Line[]): string[] {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [width(0), width(1)];
  return rows.map(([name, one, other]) => `${name.padEnd(first)}  ${one.padEnd(second)} | ${other}`.trimEnd());
}

import type { RotationFairness } from './rotation-fairness.ts';

/** The fairness of a rotation, for people. */
export function fairnessText(report: RotationFairness): string {
  const { called, strategy, promise, turns, unjudged, broken, examples, members, farthest, guard } = report;
  const aside = unjudged === 0 ? '' : `, ${unjudged} of them cannot be judged`;
  const more = broken - examples.length;
  return [
    `Rotation ${called}, ${strategy}: ${turns} turns${aside}`,
    `  promised: ${promise}`,
    `  ${broken === 0 ? 'kept' : `BROKEN ${broken} times`}`,
    ...examples.map(({ position, at, why }) => `    at ${position}, ${at}: ${why}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
    ...(farthest === undefined
      ? []
      : [`  farthest from due: ${farthest.ahead.toFixed(2)} turns ahead, ${farthest.behind.toFixed(2)} behind`]),
    ...(guard === undefined ? [] : [`  by round robin: ${percent(guard.happened)}, set ${percent(guard.set)}`]),
    ...Object.values(members).map((one) => {
      const due = one.due === null ? '' : `, due ${one.due.toFixed(1)}`;
      return `  ${one.called}: ${one.turns} turns (${percent(one.turns / turns)})${due}`;
    }),
  ].join('\n');
}

const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;

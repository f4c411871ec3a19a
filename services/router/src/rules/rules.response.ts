import { type Rule, rule } from '@lead-rotator/lead-events';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { RuleDraft } from './rule-drafts.ts';
import type { PublishedRules } from './rule-versions.ts';

const rules = {
  type: 'array',
  items: { ...(rule as object) },
  description: 'from the top; the first that decides, decides',
};

export class RuleSetAnswer {
  @ApiProperty({ example: 3, description: '0: the rules that an organization starts with' })
  readonly version!: number;

  @ApiPropertyOptional({ format: 'date-time' })
  readonly at?: string;

  @ApiPropertyOptional({ example: 'user:ann', description: 'who published it' })
  readonly actor?: string;

  @ApiPropertyOptional({ example: 4211, description: 'position in the log' })
  readonly position?: number;

  @ApiProperty(rules as object)
  readonly rules!: readonly Rule[];
}

export class RuleDraftAnswer {
  @ApiProperty({ format: 'date-time' })
  readonly savedAt!: string;

  @ApiProperty({ example: 'user:ann', description: 'who saved it' })
  readonly actor!: string;

  @ApiProperty(rules as object)
  readonly rules!: readonly Rule[];
}

export class RuleHistoryEntry extends RuleSetAnswer {
  @ApiProperty({
    type: [String],
    example: ['german is new', 'rest is changed'],
    description: 'what is different from the version before',
  })
  readonly changes!: readonly string[];
}

export class RuleHistoryAnswer {
  @ApiProperty({ type: [RuleHistoryEntry], description: 'the newest first' })
  readonly versions!: readonly RuleHistoryEntry[];

  @ApiPropertyOptional({ description: 'for the next page; absent: this is the last' })
  readonly cursor?: string;
}

export const draftAnswer = ({ rules: drafted, actor, savedAt }: RuleDraft): RuleDraftAnswer => ({
  savedAt: new Date(savedAt).toISOString(),
  actor,
  rules: drafted,
});

export const ruleSetAnswer = ({ version, at, actor, position, rules: published }: PublishedRules): RuleSetAnswer => ({
  version,
  at: new Date(at).toISOString(),
  actor,
  position,
  rules: published,
});

/** What is different between two sets of rules, rule by rule. */
export function changesOf(before: readonly Rule[], after: readonly Rule[]): string[] {
  const known = new Map(before.map((one) => [one.id, JSON.stringify(one)]));
  const kept = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((one) => {
    const earlier = known.get(one.id);
    if (earlier === undefined) return `${one.id} is new`;
    return earlier === JSON.stringify(one) ? [] : `${one.id} is changed`;
  });
  changes.push(...before.filter(({ id }) => !kept.has(id)).map(({ id }) => `${id} is gone`));
  const order = (rules: readonly Rule[], other: ReadonlySet<string> | ReadonlyMap<string, string>) =>
    rules.flatMap(({ id }) => (other.has(id) ? id : [])).join('\n');
  if (order(before, kept) !== order(after, known)) changes.push('the order is another');
  return changes.length === 0 ? ['nothing is different'] : changes;
}

import type { RotationId, Rule } from '@lead-rotator/lead-events';
import { ScenarioFault } from '../file/fault.ts';
import { organizationFields, readRules, readYaml } from '../file/parse-scenario.ts';
import { listOf, optional, shape, text } from '../file/read.ts';
import { readOtherRotation } from '../file/read-rotation.ts';

const file = shape({
  title: optional(text),
  ...organizationFields,
  rotations: optional(listOf(readOtherRotation)),
  rules: optional(readRules),
});

/** What would be otherwise; what is not named is as it was. */
export interface Change {
  /** As it stands in the file. */
  readonly content: unknown;
  readonly title: string;
  readonly organization: Pick<ReturnType<typeof file>, keyof typeof organizationFields>;
  readonly rotations: ReadonlyMap<RotationId, ReturnType<typeof readOtherRotation>>;
  readonly rules: readonly Rule[] | undefined;
}

/**
 * Understands the file of a what-if (what-if files reference).
 * @throws ScenarioFault with the path, what was found there and what is allowed.
 */
export function parseChange(yaml: string): Change {
  const content = readYaml(yaml);
  const { title = '', rotations = [], rules, ...organization } = file(content ?? {}, '');
  for (const [index, { id }] of rotations.entries()) {
    if (rotations.findIndex((one) => one.id === id) < index) {
      throw new ScenarioFault(`rotations[${index}].id`, id, 'every rotation once');
    }
  }
  return { content, title, organization, rotations: new Map(rotations.map((one) => [one.id, one])), rules };
}

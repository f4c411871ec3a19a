import type { Condition, RotationId, Rule, Target, UserId } from '@lead-rotator/lead-events';
import { parseDocument } from 'yaml';
import { ScenarioFault } from './fault.ts';
import { instant, listOf, mapOf, oneOf, optional, type Read, shape, text } from './read.ts';
import { type Expectation, readExpect } from './read-expect.ts';
import { readUser, type ScenarioUser } from './read-people.ts';
import { readCondition, readRotation, type ScenarioRotation } from './read-rotation.ts';
import { readSteps, type Step } from './read-steps.ts';

const id = <Id>(value: unknown, path: string): Id => text(value, path) as Id;

const page = shape({
  id: text,
  owner: (value, path) => id<UserId>(value, path),
  rotation: optional((value, path) => id<RotationId>(value, path)),
});
const calendar = shape({
  timeZone: optional(text),
  hours: optional(mapOf(text)),
  holidays: optional(listOf(text)),
});

const target: Read<Target> = (value, path) => {
  if (typeof value === 'string') return oneOf('site-owner', 'page', 'unassigned')(value, path);
  const read = shape({
    rotation: optional(text),
    queue: optional(text),
    user: optional(text),
    field: optional(text),
  })(value, path);
  if (Object.keys(read).length === 1) return read as Target;
  throw new ScenarioFault(path, value, 'one of { rotation: … }, { queue: … }, { user: … }, { field: … }');
};
const rule = shape({ id: optional(text), when: optional(readCondition), to: target });

/** Rules without an id have one by their place. */
export const readRules: Read<Rule[]> = (value, path) =>
  listOf(rule)(value, path).map((one, index) => ({ ...one, id: one.id ?? `rule ${index + 1}` }));

export const organizationFields = {
  existingContact: optional(oneOf('owner', 'route', 'ignore')),
  preassigned: optional(oneOf('keep', 'if-unavailable', 'overwrite')),
};

const file = shape({
  title: optional(text),
  start: optional(instant),
  timeZone: optional(text),
  country: optional(text),
  ...organizationFields,
  users: listOf(readUser),
  pages: optional(listOf(page)),
  calendars: optional(mapOf(calendar)),
  territories: optional(mapOf(readCondition)),
  rotations: optional(listOf(readRotation)),
  rules: optional(readRules),
  steps: (value: unknown) => value,
  expect: optional(readExpect),
});

/** A scenario file, understood. */
export interface Scenario {
  /** As it stands in the file. */
  readonly content: unknown;
  readonly title: string;
  readonly start: number;
  readonly organization: Omit<ReturnType<typeof file>, 'steps' | 'users'>;
  readonly users: readonly ScenarioUser[];
  readonly pages: readonly ReturnType<typeof page>[];
  readonly calendars: Readonly<Record<string, ReturnType<typeof calendar>>>;
  readonly territories: Readonly<Record<string, Condition>>;
  readonly rotations: readonly ScenarioRotation[];
  readonly rules: readonly Rule[] | undefined;
  readonly steps: readonly Step[];
  readonly expect: Expectation;
}

/** @throws ScenarioFault */
export function readYaml(yaml: string): unknown {
  const document = parseDocument(yaml, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw new ScenarioFault('', error.message, 'YAML');
  return document.toJS();
}

const defaultStart = Date.parse('2026-01-05T09:00:00Z');

/**
 * Understands a scenario file (scenario format reference).
 * @throws ScenarioFault with the path, what was found there and what is allowed.
 */
export function parseScenario(yaml: string): Scenario {
  const content = readYaml(yaml);
  const read = file(content, '');
  const start = read.start ?? defaultStart;
  return {
    content,
    title: read.title ?? '',
    start,
    organization: read,
    users: read.users,
    pages: read.pages ?? [],
    calendars: read.calendars ?? {},
    territories: read.territories ?? {},
    rotations: read.rotations ?? [],
    rules: read.rules,
    steps: readSteps(read.steps ?? [], 'steps', start),
    expect: read.expect ?? {},
  };
}

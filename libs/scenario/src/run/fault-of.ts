import type { Rejection } from '@lead-rotator/event-sourcing';
import { nearestWord } from '@lead-rotator/rotation';
import { ScenarioFault } from '../file/fault.ts';
import type { Scenario } from '../file/parse-scenario.ts';
import type { ScenarioUser } from '../file/read-people.ts';

/** The file, and the names that are known in it. */
export type Named = Pick<Scenario, 'content'> & {
  /** Where names are looked up, if not in the file. */
  readonly place?: string;
  readonly users: readonly { readonly user: Pick<ScenarioUser['user'], 'userId' | 'email'> }[];
  readonly rotations: readonly Pick<Scenario['rotations'][number], 'id'>[];
};

/** What a command refuses, as a fault of the file: where, what stands there, what is allowed, and what was meant. */
export function faultOf(scenario: Named, path: string, { code, facts }: Rejection): ScenarioFault {
  const within = (inFile[String(facts.path)] ?? String(facts.path ?? '')).replace(/(^|\.)(\d+)(?=\.|$)/g, '[$2]');
  const place = [path, within]
    .filter((part) => part !== '')
    .join('.')
    .replaceAll('.[', '[');
  const named = within === 'id' ? nameAt(contentAt(scenario.content, path)) : undefined;
  // A code says what a command refuses; `invalid` says nothing, and stands nowhere in the file.
  const shown = code === 'invalid' ? undefined : code;
  const found = facts.found ?? named ?? nameAt(contentAt(scenario.content, place)) ?? shown;
  const meant = (facts.meant as string | undefined) ?? meantBy(scenario, code, found);
  return new ScenarioFault(
    place,
    found,
    String(facts.fault ?? allowed(scenario.place)[code] ?? JSON.stringify(facts)),
    meant,
  );
}

/** What a file calls otherwise than the events. */
const inFile: Readonly<Record<string, string>> = { userId: 'id', rotationId: 'id' };

const allowed = (place = 'this file'): Readonly<Record<string, string>> => ({
  'unknown-user': `a user of ${place}, by id or email (unknown-user)`,
  'unknown-rotation': `a rotation of ${place} (unknown-rotation)`,
  'already-member': 'every user once (already-member)',
  'not-in-team': 'users whom `enrol` of the rotation admits (not-in-team)',
  'not-allowed': 'an owner who may have rotations (not-allowed)',
});

function meantBy({ users, rotations }: Named, code: string, found: unknown): string | undefined {
  if (code === 'unknown-user') {
    const known = users.flatMap(({ user }) => [user.userId as string, user.email]);
    return nearestWord(String(found), known);
  }
  return code === 'unknown-rotation'
    ? nearestWord(
        String(found),
        rotations.map(({ id }) => id),
      )
    : undefined;
}

/** What stands at a path such as `rotations[0].members[1].weight`. */
function contentAt(content: unknown, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    content,
  );
}

/** Of a member, page or user that is a map, the name by which it is known. */
function nameAt(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { user, id } = value as { user?: unknown; id?: unknown };
  return user ?? id ?? value;
}

import type { RotationId } from '@lead-rotator/lead-events';
import type { RefusalCode, SettingsChange } from '@lead-rotator/rotation';
import { nearestWord } from '@lead-rotator/rotation';
import { ScenarioFault } from './fault.ts';
import { duration, entriesOf, instant, oneOf, optional, type Read, shape, text, whole, yes } from './read.ts';
import { manyLeads, readLead, type ScenarioLead } from './read-people.ts';
import { readAdd, readChange, type ScenarioMember } from './read-rotation.ts';

/** What happens in a step. */
export type Happening =
  | { readonly lead: ScenarioLead }
  | { readonly act: { lead: string; by: string; kind: string; automated?: boolean } }
  | { readonly decline: { lead: string; by: string } }
  | { readonly pickUp: { lead?: string; queue?: string; by: string } }
  | { readonly transfer: { lead: string; to: string; by?: string } }
  | { readonly reroute: { lead: string } }
  | { readonly outcome: { lead: string; is: 'won' | 'lost' } }
  | { readonly status: { lead: string; is: string } }
  | { readonly add: ScenarioMember & { rotation: RotationId; place?: number } }
  | { readonly remove: { rotation: string; user: string } }
  | { readonly move: { rotation: string; user: string; at: number } }
  | { readonly pause: { rotation: string; user: string } }
  | { readonly resume: { rotation: string; user: string } }
  | { readonly switch: { rotation?: string; user?: string; on: boolean } }
  | { readonly away: { user: string; from: string; to: string } }
  | { readonly deactivate: { user: string } }
  | { readonly activate: { user: string } }
  | { readonly credit: { rotation: string; user: string; by: number } }
  | { readonly change: { rotation: RotationId; settings: SettingsChange } }
  | { readonly wait: number };

/** A step at its time. */
export interface Step {
  readonly at: number;
  readonly path: string;
  readonly happening: Happening;
  readonly refused?: RefusalCode;
}

const ofMember = shape({ rotation: text, user: text });
const ofUser = shape({ user: text });

/** A map that names one of two things. */
function either<Value extends object>(read: Read<Value>, ...keys: string[]): Read<Value> {
  return (value, path) => {
    const found = read(value, path);
    const named = keys.filter((key) => key in found && found[key as keyof Value] !== undefined);
    if (named.length !== 1) throw new ScenarioFault(path, named.join(', ') || undefined, `one of ${keys.join(', ')}`);
    return found;
  };
}

const leadBlock = shape({ count: whole(1), every: optional(duration), prefix: text, ...manyLeads });

const kinds: { readonly [Kind: string]: Read<unknown> } = {
  lead: readLead,
  leads: leadBlock,
  act: shape({ lead: text, by: text, kind: text, automated: optional(yes) }),
  decline: shape({ lead: text, by: text }),
  pickUp: either(shape({ lead: optional(text), queue: optional(text), by: text }), 'lead', 'queue'),
  transfer: shape({ lead: text, to: text, by: optional(text) }),
  reroute: shape({ lead: text }),
  outcome: shape({ lead: text, is: oneOf('won', 'lost') }),
  status: shape({ lead: text, is: text }),
  add: readAdd,
  remove: ofMember,
  move: shape({ rotation: text, user: text, at: whole() }),
  pause: ofMember,
  resume: ofMember,
  switch: either(shape({ rotation: optional(text), user: optional(text), on: yes }), 'rotation', 'user'),
  away: shape({ user: text, from: text, to: text }),
  deactivate: ofUser,
  activate: ofUser,
  credit: shape({ rotation: text, user: text, by: whole() }),
  change: readChange,
  wait: duration,
};

const refusal = oneOf(
  'unknown-user',
  'inactive-user',
  'not-in-team',
  'already-member',
  'not-a-member',
  'unknown-lead',
  'unknown-rotation',
  'not-owner',
  'too-late',
  'taken',
  'not-allowed',
  'not-in-queue',
  'not-permitted-status',
  'closed',
  'invalid',
);

/** The steps in order of time; a block of leads is as many steps. */
export function readSteps(value: unknown, path: string, start: number): Step[] {
  if (!Array.isArray(value)) throw new ScenarioFault(path, value, 'a list');
  const steps: Step[] = [];
  let now = start;
  value.forEach((one, index) => {
    const here = `${path}[${index}]`;
    const step = readStep(one, here, now);
    // One by one: half a million arguments are more than a call can take.
    for (const one of step) steps.push(one);
    now = step.at(-1)?.at ?? now;
  });
  return steps;
}

function readStep(value: unknown, path: string, before: number): Step[] {
  const found = Object.fromEntries(entriesOf(value, path));
  const { at: time, refused, ...rest } = found;
  const [kind, ...others] = Object.keys(rest);
  const known = Object.keys(kinds);
  const unknown = Object.keys(rest).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new ScenarioFault(path, unknown, `at, refused, ${known.join(', ')}`, nearestWord(unknown, known));
  }
  if (kind === undefined || others.length > 0) {
    throw new ScenarioFault(path, Object.keys(rest).join(', ') || undefined, `one of ${known.join(', ')}`);
  }
  const at = time === undefined ? before : readTime(time, `${path}.at`, before);
  const read = kinds[kind]?.(rest[kind], `${path}.${kind}`);
  const code = refused === undefined ? {} : { refused: refusal(refused, `${path}.refused`) };
  return happeningsOf(kind, read, at).map((one) => ({ ...one, path, ...code }));
}

function happeningsOf(kind: string, read: unknown, at: number): Pick<Step, 'at' | 'happening'>[] {
  if (kind === 'wait') return [{ at: at + (read as number), happening: { wait: read as number } }];
  if (kind === 'leads') return block(read as ReturnType<typeof leadBlock>, at);
  return [{ at, happening: { [kind]: read } as unknown as Happening }];
}

function block(read: ReturnType<typeof leadBlock>, at: number): Pick<Step, 'at' | 'happening'>[] {
  const { count, every = 0, prefix, ...fields } = read;
  return Array.from({ length: count }, (_, index) => ({
    at: at + index * every,
    happening: { lead: { id: `${prefix}${index + 1}`, ...fields } },
  }));
}

/** `+5m` after the step before, or a time. */
function readTime(value: unknown, path: string, before: number): number {
  if (typeof value === 'string' && value.startsWith('+')) return before + duration(value.slice(1), path);
  const at = instant(value, path);
  if (at < before)
    throw new ScenarioFault(path, value, `not before the step before it, ${new Date(before).toISOString()}`);
  return at;
}

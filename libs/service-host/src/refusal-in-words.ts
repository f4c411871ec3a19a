import type { RefusalCode } from '@lead-rotator/rotation';

type Facts = Readonly<Record<string, unknown>>;

/**
 * A refusal as a sentence for the person in front of the screen; programs go by the code. Undefined for a code that the
 * faults say all of.
 */
export function refusalInWords(code: string, facts: Facts): string | undefined {
  return (sentences as Readonly<Record<string, (facts: Facts) => string | undefined>>)[code]?.(facts);
}

const named = (what: string, name: unknown): string => (name === undefined ? `this ${what}` : `${what} ${name}`);
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const user = ({ userId, user: given }: Facts): string => named('user', userId ?? given);
const rotation = ({ rotationId }: Facts): string => named('rotation', rotationId);

/** A new code does not compile until it has a sentence. */
const sentences: Readonly<Record<RefusalCode, (facts: Facts) => string | undefined>> = {
  invalid: () => undefined,
  'unknown-user': (facts) =>
    `There is no ${user(facts)}${facts.user === undefined ? '' : ': neither an id nor an email address of anybody'}.`,
  'unknown-lead': ({ leadId }) => `There is no ${named('lead', leadId)}.`,
  'unknown-rotation': (facts) => `There is no ${rotation(facts)}.`,
  'not-a-member': (facts) => `${upper(user(facts))} is no member of ${rotation(facts)}.`,
  'already-member': (facts) => `${upper(user(facts))} is in ${rotation(facts)} already; a user is in a rotation once.`,
  'not-in-team': (facts) => `Whom \`enrol\` of ${rotation(facts)} admits, does not include ${user(facts)}.`,
  'inactive-user': (facts) => `An inactive user gets no leads: ${user(facts)} was deactivated.`,
  'not-allowed': ({ needs }) => (needs === undefined ? 'That is not allowed.' : `That needs ${needs}.`),
  'not-owner': ({ ownerId }) =>
    `Only the owner may do that: ${ownerId === undefined ? 'nobody' : ownerId} has the lead.`,
  'too-late': ({ ownerId }) => `Too late: ${ownerId === undefined ? 'nobody' : ownerId} has the lead now.`,
  taken: ({ ownerId }) => `Somebody has the lead${ownerId === undefined ? '' : `: ${ownerId}`}.`,
  'not-in-queue': ({ rotationId }) =>
    `No lead waits in ${rotationId === undefined ? 'that queue' : `the queue of ${rotationId}`} that could be picked up.`,
  'not-permitted-status': ({ status }) => `Leads of ${named('status', status)} may not be picked up here.`,
  closed: ({ outcome }) => `The lead is closed${outcome === undefined ? '' : `: it is ${outcome}`}.`,
  'in-use': () => 'Something still uses it; `facts.usedBy` says what.',
};

import type { RecordedEvent } from '@lead-rotator/event-sourcing';

type Data = Readonly<Record<string, unknown>>;

type Saying = (value: never, data: Data, type: string) => string | undefined;

/** By these somebody becomes the owner; in the other events the owner is whoever has the lead already. */
const giving = new Set(['LeadAssigned', 'LeadReassigned', 'LeadHandedOver', 'LeadPickedUp']);

/** How a field is said; fields not named here follow as `name value`, in the order in which they stand in the event. */
const sayings: Readonly<Record<string, Saying>> = {
  leadId: (id: string) => `lead ${id}`,
  previousOwnerId: (id: string) => `from ${id}`,
  ownerId: (id: string, _, type) => `${giving.has(type) ? 'to' : 'of'} ${id}`,
  userId: (id: string) => id,
  rotationId: (id: string) => `in ${id}`,
  turn: ({ number, passedOver, more = 0 }: { number: number; passedOver: readonly Passed[]; more?: number }) =>
    [`turn ${number}`, sayPassedOver(passedOver, more)].filter(Boolean).join(', '),
  passedOver: (passed: readonly Passed[], { more = 0 }) => sayPassedOver(passed, more as number),
  due: (due: string) => `due ${due}`,
  why: ({ step, reason, rule }: { step: string; reason: string; rule?: string }) =>
    `because ${step}: ${reason}${rule === undefined ? '' : ` (rule ${rule})`}`,
  notice: (notice: string) => `! ${notice}`,
  person: (person: Data) => (person.sealed === true || person.erased === true ? undefined : say('person', person)),
};

/** What the line has already, or what says nothing to a person. */
const silent = new Set(['at', 'contactIds', 'more', 'email']);

interface Passed {
  readonly userId: string;
  readonly reason: string;
}

/** An event for people, on one line: position, time, type, who and what. Sealed data is left out. */
export function eventLine({ position, at, type, data, actor }: RecordedEvent): string {
  const fields = data as Data;
  const said = Object.keys(sayings).filter((name) => name in fields);
  const others = Object.keys(fields).filter((name) => !(name in sayings) && !silent.has(name));
  const parts = [...said, ...others].flatMap((name) => sayField(name, fields, type) ?? []);
  return `${String(position).padStart(8)}  ${new Date(at).toISOString()}  ${type}  ${parts.join(', ')}  [${actor}]`;
}

function sayField(name: string, data: Data, type: string): string | undefined {
  const saying = sayings[name];
  return saying === undefined ? say(name, data[name]) : saying(data[name] as never, data, type);
}

function say(name: string, value: unknown): string {
  return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

function sayPassedOver(passed: readonly Passed[], more: number): string | undefined {
  if (passed.length === 0) return undefined;
  const named = passed.map(({ userId, reason }) => `${userId} (${reason})`).join(', ');
  return `passed over ${named}${more === 0 ? '' : ` and ${more} more`}`;
}

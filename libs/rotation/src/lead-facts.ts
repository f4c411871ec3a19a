import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadId } from '@lead-rotator/lead-events';

/** What rules and filters know of a lead. What was erased is simply not there. */
export interface LeadFacts {
  readonly leadId: LeadId;
  readonly source: string;
  readonly site?: string;
  readonly page?: string;
  readonly group?: string;
  readonly status: string;
  readonly email?: string;
  readonly phone?: string;
  readonly country?: string;
  readonly region?: string;
  readonly postcode?: string;
  readonly score?: number;
  /** Owner that it came with: user id or email. */
  readonly owner?: string;
  readonly receivedAt: EpochMilliseconds;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Of a lead whose person is gone: the segment that was recorded (see `segmentOf`). */
  readonly segment?: string;
}

/** Whether the field is gone when the person is forgotten. */
export const isPersonal = (field: string): boolean =>
  field === 'email' || field === 'phone' || field.startsWith('attributes.');

/** The facts of a lead as it was captured. */
export function factsOf(captured: EventOfType<'LeadCaptured'>['data']): LeadFacts {
  const { person } = captured;
  const facts: { -readonly [Field in keyof LeadFacts]: LeadFacts[Field] } = {
    leadId: captured.leadId,
    source: captured.source,
    status: captured.status,
    receivedAt: Date.parse(captured.receivedAt),
  };
  if (captured.site !== undefined) facts.site = captured.site;
  if (captured.page !== undefined) facts.page = captured.page;
  if (captured.group !== undefined) facts.group = captured.group;
  if (captured.country !== undefined) facts.country = captured.country;
  if (captured.region !== undefined) facts.region = captured.region;
  if (captured.postcode !== undefined) facts.postcode = captured.postcode;
  if (captured.score !== undefined) facts.score = captured.score;
  if (captured.owner !== undefined) facts.owner = captured.owner;
  if (person.email !== undefined) facts.email = person.email;
  if (person.phone !== undefined) facts.phone = person.phone;
  if (person.attributes !== undefined) facts.attributes = person.attributes;
  return facts;
}

/** How to get the value of a field of a lead by its name. */
export function fieldGetter(field: string): (lead: LeadFacts) => unknown {
  if (!field.startsWith('attributes.')) {
    if (!leadFields.has(field)) return () => undefined;
    const name = field as keyof LeadFacts;
    return (lead) => lead[name];
  }
  const name = field.slice('attributes.'.length);
  return ({ attributes }) =>
    attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/** The value of a field of a lead by its name in conditions; undefined if the lead has none. */
export function fieldOf(lead: LeadFacts, field: string): unknown {
  return fieldGetter(field)(lead);
}

/** The fields of a lead that conditions may name; and `attributes.<name>`. `territory` is a condition of its own. */
export const leadFields: ReadonlySet<string> = new Set([
  'source',
  'site',
  'page',
  'group',
  'status',
  'email',
  'phone',
  'country',
  'region',
  'postcode',
  'score',
  'territory',
  'receivedAt',
]);

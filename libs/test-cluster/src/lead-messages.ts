import type { OutgoingMessage } from '@lead-rotator/event-bus';

/** A lead as an upstream system writes it, with everything that most of them say; one person each. */
export function sampleLead(id: string) {
  return {
    id,
    source: 'facebook',
    firstName: 'Kim',
    lastName: `Lee ${id}`,
    email: `${id}@lead.example`,
    country: 'DE',
    region: 'HH',
    postcode: '20095',
    site: 'www.acme.example',
    page: 'spring',
    group: 'loans',
    score: 71,
    attributes: { budget: 5000, utm: { campaign: 'spring', medium: 'cpc' } },
  };
}

/** The lead as a bare JSON message, keyed by its own id as most producers do. */
export function leadMessage(id: string): OutgoingMessage {
  return { key: id, value: Buffer.from(JSON.stringify(sampleLead(id))), headers: {} };
}

/** `prefix-0` … `prefix-(count - 1)`. */
export const leadIds = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${prefix}-${number}`);

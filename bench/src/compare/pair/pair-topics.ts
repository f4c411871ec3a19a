import type { LeadTopics } from '../../flow/lead-topics.ts';

/** Topics of the plain pair, one for each kind of message as Nest's transport dispatches by topic. */
export interface PairTopics extends LeadTopics {
  readonly captured: string;
  readonly assigned: string;
}

/** The topics under a prefix: several pairs may use one broker. */
export function pairTopics(prefix: string): PairTopics {
  const captured = `${prefix}.leads.captured`;
  const assigned = `${prefix}.leads.assigned`;
  return {
    inbound: `${prefix}.leads.inbound`,
    captured,
    assigned,
    events: [captured, assigned],
    tells: ({ topic }) => (topic === captured ? 'captured' : 'assigned'),
    leadKey: (id) => id,
  };
}

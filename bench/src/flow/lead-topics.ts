import type { IncomingMessage } from '@lead-rotator/event-bus';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { leadIdOf } from '@lead-rotator/lead-intake';

/** Where a system takes leads in, and where it tells what became of them. */
export interface LeadTopics {
  readonly inbound: string;
  readonly events: readonly string[];
  /** What a message of `events` tells of the lead of its key, if it is one of these. */
  tells(message: IncomingMessage): 'captured' | 'assigned' | undefined;
  /** The key on `events` of the lead that was sent in under this id. */
  leadKey(id: string): string;
}

export const productTopics: LeadTopics = {
  inbound: 'leads.inbound',
  events: ['leads.events'],
  tells({ headers }) {
    const type = headers.ce_type?.toString();
    return type === 'LeadCaptured' ? 'captured' : type === 'LeadAssigned' ? 'assigned' : undefined;
  },
  leadKey: (id) => leadIdOf(defaultOrganization, 'facebook', id),
};

import type { InMemoryEventLog } from '@lead-rotator/event-log';
import { readEvent } from '@lead-rotator/lead-events';
import { deadlineChanges, deadlineEventTypes } from '@lead-rotator/sla';

const ofDeadlines: ReadonlySet<string> = new Set(deadlineEventTypes);

/** One that is closed before it is decided is given to nobody. */
const decisions = ['LeadAssigned', 'LeadLeftUnassigned', 'LeadOffered', 'LeadWon'];
const isDecision = (type: string) => decisions.includes(type);

/** What is in the log about each lead and act, as somebody sees it who stands beside it. */
export class Observer {
  readonly captured = new Map<string, number>();
  /** Whether, not how often: one that waited is given out later. */
  readonly decided = new Map<string, number>();
  readonly recorded = new Map<string, number>();
  /** Leads with an open deadline: the position of the event that set it. */
  readonly deadlines = new Map<string, number>();
  readonly #owners = new Map<string, string>();
  readonly #log: InMemoryEventLog;
  #position = 0;
  #newestAt = 0;

  constructor(log: InMemoryEventLog) {
    this.#log = log;
  }

  get position(): number {
    return this.#position;
  }

  /** Time of the newest event. */
  get newestAt(): number {
    return this.#newestAt;
  }

  ownerOf(leadId: string): string | undefined {
    return this.#owners.get(leadId);
  }

  async look(): Promise<void> {
    const { events, readTo } = await this.#log.read({ after: this.#position, limit: 100_000 });
    this.#position = readTo;
    const { opened, ended } = deadlineChanges(events.filter(({ type }) => ofDeadlines.has(type)));
    for (const { leadId } of ended) this.deadlines.delete(leadId);
    for (const { leadId, assigned } of opened) this.deadlines.set(leadId, assigned);
    for (const recorded of events) {
      const { type, data } = readEvent(recorded);
      this.#newestAt = Math.max(this.#newestAt, recorded.at);
      if (type === 'LeadCaptured') add(this.captured, data.leadId);
      if (type === 'LeadActivityRecorded') add(this.recorded, data.activityId);
      if (isDecision(type)) this.decided.set((data as { leadId: string }).leadId, 1);
      if ('leadId' in data && 'ownerId' in data) this.#owners.set(String(data.leadId), String(data.ownerId));
    }
  }
}

const add = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);

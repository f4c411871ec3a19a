import { setTimeout as sleep } from 'node:timers/promises';
import { closeLead } from '@lead-rotator/claim';
import type { Command, LeadCommand } from '@lead-rotator/command-handling';
import type { Wire } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { Refused, topics } from '@lead-rotator/service-host';
import type { Chance } from '../chance.ts';
import type { Copy } from '../copies/copy.ts';
import type { CopyParts } from '../copies/copy-parts.ts';
import { Server } from '../network/server.ts';
import type { VirtualProcess } from '../virtual-time/virtual-process.ts';
import type { World } from '../world.ts';
import { drawAbsence } from './absence.ts';
import type { Observer } from './observer.ts';

const source = 'form';
const retryMilliseconds = 300;
/** Who gets no answer for so long asks another copy. */
const patience = 4_000;
/** Everything begins within so many milliseconds, leads within the first half of them. */
export const trafficMilliseconds = 6_000;
const response = { status: () => undefined };
const context: EventContext = { organizationId: defaultOrganization, actor: 'user:broker', cause: 'request:traffic' };

/** How much comes in. */
export interface TrafficPlan {
  readonly leads: number;
  readonly acts: number;
  readonly declines: number;
  readonly closings: number;
  readonly absences: number;
}

export function drawTraffic(chance: Chance): TrafficPlan {
  return {
    leads: chance.between(5, 20),
    acts: chance.between(0, 12),
    declines: chance.between(0, 2),
    closings: chance.between(0, 2),
    absences: chance.between(0, 3),
  };
}

/**
 * Leads and acts that come in over HTTP and Kafka, and what people do besides. Each is told again until it is answered,
 * as good senders do, to whichever copy; so all of them must be in the log in the end, once.
 */
export class Traffic {
  /** Ids of the leads and acts that were answered. */
  readonly leads = new Set<string>();
  readonly acts = new Set<string>();
  readonly #world: World;
  readonly #chance: Chance;
  readonly #observer: Observer;
  readonly #members: readonly string[];
  readonly #sender: VirtualProcess;
  readonly #parts: CopyParts;
  readonly #wire: Wire;
  #left = 0;

  constructor(world: World, chance: Chance, observer: Observer, members: readonly string[]) {
    this.#world = world;
    this.#chance = chance;
    this.#observer = observer;
    this.#members = members;
    const { process, parts } = world.open('senders');
    this.#sender = process;
    this.#parts = parts;
    this.#wire = world.network.wire(process, new Server('HTTP'));
  }

  /** How much is not answered yet. */
  get left(): number {
    return this.#left;
  }

  start({ leads, acts, declines, closings, absences }: TrafficPlan): void {
    this.#sender.run(() => {
      for (let number = 1; number <= leads; number += 1)
        this.#later(trafficMilliseconds / 2, () => this.#sendLead(number));
      for (let number = 1; number <= acts; number += 1)
        this.#later(trafficMilliseconds, () => this.#tellAct(`act-${number}`));
      for (let number = 0; number < declines; number += 1) this.#later(trafficMilliseconds, () => this.#decline());
      for (let number = 0; number < closings; number += 1) this.#later(trafficMilliseconds, () => this.#close());
      for (let number = 0; number < absences; number += 1) this.#later(trafficMilliseconds, () => this.#beAbsent());
    });
  }

  #later(most: number, work: () => Promise<void>): void {
    this.#left += 1;
    const begin = sleep(this.#chance.between(0, most)).then(work);
    void begin.then(() => {
      this.#left -= 1;
    });
  }

  async #sendLead(number: number): Promise<void> {
    // Some are of people who have asked before, and some come twice.
    const person = this.#chance.permille(200) ? this.#chance.between(1, number) : number;
    const lead = { id: `L${number}`, source, email: `${person}@lead.example`, lastName: `Lee ${person}` };
    const isTwice = this.#chance.permille(150);
    if (this.#chance.permille(500)) {
      const send = () => this.#request(this.#world.intakes, (doors) => doors.one(lead, context, undefined, response));
      await this.#untilAnswered(send);
      if (isTwice) await this.#untilAnswered(send);
    } else {
      await this.#publish(topics.inbound, lead.id, lead);
      if (isTwice) await this.#publish(topics.inbound, lead.id, lead);
    }
    this.leads.add(leadIdOf(defaultOrganization, source, lead.id));
  }

  async #tellAct(id: string): Promise<void> {
    const leadId = await this.#someLead();
    if (leadId === undefined) return;
    const owner = this.#observer.ownerOf(leadId);
    const isOwner = owner !== undefined && this.#chance.permille(700);
    const by = isOwner ? owner : this.#chance.oneOf(this.#members);
    const act = { id, by, kind: this.#chance.permille(800) ? 'call' : 'view' };
    if (this.#chance.permille(500)) {
      await this.#untilAnswered(() =>
        this.#request(this.#world.slas, ({ acts }) => acts.record(leadId, act, context, undefined, response)),
      );
    } else await this.#publish(topics.activities, leadId, { leadId, ...act });
    this.acts.add(id);
  }

  async #decline(): Promise<void> {
    const leadId = await this.#someLead();
    const owner = leadId && this.#observer.ownerOf(leadId);
    if (leadId === undefined || owner === undefined) return;
    await this.#untilAnswered(() =>
      this.#request(this.#world.slas, ({ decline }) => decline.decline(context, leadId, owner)),
    );
  }

  async #close(): Promise<void> {
    const leadId = await this.#someLead();
    if (leadId === undefined) return;
    const won: LeadCommand = { context, leadId, decide: (scene, at) => closeLead(scene, 'won', at) };
    await this.#change(won);
  }

  async #beAbsent(): Promise<void> {
    const [begins, ends] = drawAbsence(this.#chance, this.#members);
    await this.#change({ context, decide: begins });
    await sleep(this.#chance.between(0, trafficMilliseconds / 2));
    await this.#change({ context, decide: ends });
  }

  #change(command: Command): Promise<void> {
    return this.#untilAnswered(() => this.#request(this.#world.routers, (commands) => commands.handle(command)));
  }

  async #someLead(): Promise<LeadId | undefined> {
    await this.#observer.look();
    const leads = [...this.#observer.captured.keys()];
    return leads.length === 0 ? undefined : (this.#chance.oneOf(leads) as LeadId);
  }

  async #publish(topic: string, key: string, value: object): Promise<void> {
    const message = { key, value: Buffer.from(JSON.stringify(value)), headers: {} };
    await this.#untilAnswered(() => this.#parts.bus.publish(topic, [message]));
  }

  /** A refusal is an answer. */
  async #untilAnswered(ask: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await ask();
        return;
      } catch (error) {
        if (error instanceof Refused) return;
        if (error instanceof Error && error.name === 'InvalidRequest') throw error;
      }
      await sleep(retryMilliseconds);
    }
  }

  /** Over HTTP, to one of the copies. @throws when it is down, gives no answer in time, or fails. */
  async #request<Doors, Answer>(
    copies: readonly Copy<Doors>[],
    work: (doors: Doors) => Promise<Answer>,
  ): Promise<Answer> {
    const { process, doors } = this.#chance.oneOf(copies);
    if (process === undefined || doors === undefined) throw new Error('connection refused');
    const answer = this.#wire.call(
      () =>
        new Promise<Answer>((resolve, reject) => {
          process.after(0, () => process.run(() => work(doors).then(resolve, reject)));
        }),
    );
    const late = new AbortController();
    const timeout = sleep(patience, undefined, { signal: late.signal }).then(() => {
      throw new Error('no answer');
    });
    try {
      return await Promise.race([answer, timeout]);
    } finally {
      timeout.catch(() => undefined);
      answer.catch(() => undefined);
      late.abort();
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { leadIds, leadMessage, sampleLead } from '../lead-messages.ts';
import type { TestCluster } from '../test-cluster.ts';

const everyMilliseconds = 500;
const together = 5;
const patience = 10_000;
const retryMilliseconds = 200;

/**
 * Leads and acts that come in over HTTP and Kafka, ten leads and five acts in about half a second; each is told again
 * until it is acknowledged, as good senders do, to the next copy of the service.
 */
export class Traffic {
  /** Ids of the leads and acts that were acknowledged. */
  readonly leads = new Set<string>();
  readonly acts = new Set<string>();
  readonly #cluster: TestCluster;
  readonly #members: readonly string[];
  readonly #done: Promise<unknown>;
  #ending = false;

  /** Begins at once. @param members who act on leads, in turn */
  constructor(cluster: TestCluster, members: readonly string[]) {
    this.#cluster = cluster;
    this.#members = members;
    this.#done = Promise.all([
      this.#repeat('http', (ids) => Promise.all(ids.map((id, index) => this.#overHttp(id, index)))),
      this.#repeat('kafka', (ids) => this.#overKafka(ids)),
    ]);
    // Who ends it is told; until then it must not end this process.
    this.#done.catch(() => {});
  }

  /** Resolves when everything that was begun is acknowledged. @throws the answer that refused something for good */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#done;
  }

  async #repeat(way: string, send: (ids: readonly string[]) => Promise<unknown>): Promise<void> {
    for (let number = 0; !this.#ending; number += 1) {
      await send(leadIds(`${way}-${number}`, together));
      await sleep(everyMilliseconds);
    }
  }

  async #overHttp(id: string, index: number): Promise<void> {
    const { leadId } = (await this.#post('intake', '/leads', sampleLead(id))) as { leadId: string };
    this.leads.add(leadId);
    // Its lead is in the log, so an act never comes too early.
    const act = { id: `act-${id}`, by: this.#members[index % this.#members.length], kind: 'call' };
    if (index % 2 === 0) await this.#post('sla', `/leads/${leadId}/activities`, act);
    else
      await this.#publish('leads.activities', [
        { ...leadMessage(id), value: Buffer.from(JSON.stringify({ ...act, leadId })) },
      ]);
    this.acts.add(act.id);
  }

  async #overKafka(ids: readonly string[]): Promise<void> {
    await this.#publish('leads.inbound', ids.map(leadMessage));
    for (const id of ids) this.leads.add(leadIdOf(defaultOrganization, sampleLead(id).source, id));
  }

  #publish(topic: string, messages: ReturnType<typeof leadMessage>[]): Promise<void> {
    return untilDone(() => this.#cluster.bus.publish(topic, messages));
  }

  #post(service: string, path: string, body: object): Promise<unknown> {
    const copies = this.#cluster.running(service);
    let attempts = 0;
    return untilDone(async () => {
      const { url = '' } = copies[attempts++ % copies.length] ?? {};
      const response = await fetch(url + path, {
        method: 'POST',
        headers: this.#cluster.headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(patience),
      });
      if (response.ok) return response.json();
      const answer = `${path}: ${response.status} ${await response.text()}`;
      throw response.status < 500 ? new RefusedForGood(answer) : new Error(answer);
    });
  }
}

/** No fault of a machine explains this answer. */
class RefusedForGood extends Error {
  override readonly name = 'RefusedForGood';
}

async function untilDone<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof RefusedForGood) throw error;
      await sleep(retryMilliseconds);
    }
  }
}

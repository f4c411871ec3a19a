import { type EventBus, KafkaEventBus, SimulatedBroker, simulatedKafka } from '@lead-rotator/event-bus';
import { InMemoryContacts, InMemoryEventLog, perfectWire, RemoteEventLog } from '@lead-rotator/event-log';
import { topicsToCreate } from '@lead-rotator/service-host';
import type { Chance } from './chance.ts';
import { Copy } from './copies/copy.ts';
import { type CopyParts, settings } from './copies/copy-parts.ts';
import { startIntake } from './copies/start-intake.ts';
import { startRelay } from './copies/start-relay.ts';
import { startRouter } from './copies/start-router.ts';
import { startSla } from './copies/start-sla.ts';
import { SimulatedDatabase } from './database/simulated-database.ts';
import { Network } from './network/network.ts';
import { Server } from './network/server.ts';
import { VirtualProcess } from './virtual-time/virtual-process.ts';
import { VirtualTime } from './virtual-time/virtual-time.ts';

/** A Monday morning. */
const start = Date.UTC(2026, 0, 5, 9);
const partitions = 3;
/** A killed process is started again after so long at most. */
const longestDown = 4_000;

/** A PostgreSQL, a Kafka, and two copies of each service, in memory and in virtual time. */
export class World {
  #ids = 0;
  readonly time = new VirtualTime(start);
  readonly postgres = new Server('PostgreSQL');
  readonly kafka = new Server('Kafka');
  readonly log = new InMemoryEventLog(this.#newId(), undefined, new InMemoryContacts(() => this.#newId()));
  readonly broker = new SimulatedBroker(() => this.time.now);
  readonly database = new SimulatedDatabase(this.postgres, () => this.time.now);
  readonly network: Network;
  readonly intakes = this.#copies('intake', startIntake);
  readonly relays = this.#copies('relay', startRelay);
  readonly routers = this.#copies('router', startRouter);
  readonly slas = this.#copies('sla', startSla);
  readonly #chance: Chance;
  /** Is told what befalls whom. */
  onFault: (at: number, what: string) => void = () => {};

  constructor(chance: Chance) {
    this.#chance = chance;
    this.network = new Network(this.time, chance, (process) => this.#killProcess(process));
    for (const { topic } of topicsToCreate(settings)) this.broker.createTopic(topic, partitions);
  }

  get copies(): readonly Copy<unknown>[] {
    return [...this.intakes, ...this.relays, ...this.routers, ...this.slas];
  }

  startAll(): void {
    for (const copy of this.copies) copy.start();
  }

  /** A process with its own way to the log and the broker. */
  open(name: string): { process: VirtualProcess; parts: CopyParts } {
    const process = new VirtualProcess(name, this.time);
    const toPostgres = this.network.wire(process, this.postgres);
    const kafka = simulatedKafka(this.broker, this.network.wire(process, this.kafka));
    const log = new RemoteEventLog(this.log, toPostgres);
    const parts = {
      log,
      pool: this.database.pool(process, toPostgres),
      bus: new KafkaEventBus({ brokers: [], clientId: name, log }, kafka),
    };
    return { process, parts };
  }

  /** Asks the broker something over a wire that nothing befalls; time goes on until it has answered. */
  async ask<Answer>(question: (bus: EventBus) => Promise<Answer>): Promise<Answer> {
    const kafka = simulatedKafka(this.broker, perfectWire);
    const bus = new KafkaEventBus({ brokers: [], clientId: 'check' }, kafka);
    let isOver = false;
    const answer = new VirtualProcess('check', this.time)
      .run(() => question(bus))
      .finally(() => {
        isOver = true;
      });
    answer.catch(() => undefined);
    while (!isOver) await this.time.runUntil(this.time.now + 10);
    return answer;
  }

  /** Ends its process, and starts another one after a while. */
  kill(copy: Copy<unknown>): void {
    this.onFault(this.time.now, `process-killed: ${copy.name}`);
    copy.kill();
    this.time.after(this.#chance.between(0, longestDown), () => copy.start());
  }

  #newId(): string {
    this.#ids += 1;
    return `00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`;
  }

  #killProcess(process: VirtualProcess): void {
    const copy = this.copies.find((one) => one.process === process);
    if (copy !== undefined) this.kill(copy);
  }

  #copies<Doors>(name: string, startCopy: (parts: CopyParts) => Doors): readonly Copy<Doors>[] {
    return [1, 2].map((number) => new Copy(`${name} ${number}`, (full) => this.open(full), startCopy));
  }
}

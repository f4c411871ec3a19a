import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';

const lagBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600];

/** What the service counts. */
export class SlaMetrics {
  readonly #fired: Counter;
  readonly #moot: Counter;
  readonly #failed: Counter;
  readonly #lag: Histogram;
  readonly #waitsCutShort: Counter;
  readonly #released: Counter;
  readonly #warned: Counter;
  readonly #acts: Counter<'outcome'>;

  constructor(private readonly registry: Registry) {
    this.#fired = this.#counter('deadlines_fired_total', 'deadlines that were missed and decided');
    this.#moot = this.#counter('deadlines_moot_total', 'deadlines looked at when there was nothing to do any more');
    this.#failed = this.#counter('deadlines_failed_total', 'deadlines that could not be decided, each try counted');
    this.#lag = new Histogram({
      name: 'lead_rotator_deadline_lag_seconds',
      help: 'from a deadline to what follows from it in the log',
      buckets: lagBuckets,
      registers: [registry],
    });
    this.#waitsCutShort = this.#counter(
      'deadline_waits_cut_short_total',
      'deadlines fired while acts were still on the topic',
    );
    this.#released = this.#counter('waiting_leads_released_total', 'waiting leads that went to somebody');
    this.#warned = this.#counter('deadline_warnings_total', 'owners warned that a deadline is near');
    this.#acts = new Counter({
      name: 'lead_rotator_acts_total',
      help: 'acts of users, by what they came to',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  /** Asked for when the figures are read: a count over an index. NaN while the database does not answer. */
  openDeadlines(count: () => Promise<number>): void {
    const counted = () => count().catch(() => Number.NaN);
    const gauge: Gauge = this.#gauge('open_deadlines', 'deadlines in the table', async () =>
      gauge.set(await counted()),
    );
  }

  tableLag(lag: () => number): void {
    const help = 'positions that the tables of this copy are behind the log';
    const gauge: Gauge = this.#gauge('deadline_table_lag_positions', help, () => gauge.set(lag()));
  }

  /** Counted by the handler of all commands. */
  conflicts(read: () => number): void {
    const counter: Counter = new Counter({
      name: 'lead_rotator_sla_conflicts_total',
      help: 'decisions taken again because others were faster',
      registers: [this.registry],
      collect: () => {
        counter.reset();
        counter.inc(read());
      },
    });
  }

  fired(lagMilliseconds: number): void {
    this.#fired.inc();
    this.#lag.observe(lagMilliseconds / 1000);
  }

  moot(): void {
    this.#moot.inc();
  }

  failed(): void {
    this.#failed.inc();
  }

  waitCutShort(): void {
    this.#waitsCutShort.inc();
  }

  released(leads: number): void {
    this.#released.inc(leads);
  }

  warned(owners: number): void {
    this.#warned.inc(owners);
  }

  act(outcome: string): void {
    this.#acts.inc({ outcome });
  }

  #gauge(name: string, help: string, collect: () => void | Promise<void>): Gauge {
    return new Gauge({ name: `lead_rotator_${name}`, help, registers: [this.registry], collect });
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name: `lead_rotator_${name}`, help, registers: [this.registry] });
  }
}

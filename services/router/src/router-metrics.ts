import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What a decision spends its time on; deciding itself is the rest of the whole. */
export type Stage = 'catch-up' | 'load' | 'append';

const seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** What the router counts. */
export class RouterMetrics {
  readonly #decisions: Counter<'type'>;
  readonly #conflicts: Counter;
  readonly #backstop: Counter;
  readonly #batches: Histogram;
  readonly #whole: Histogram;
  readonly #stages: Histogram<'stage'>;
  readonly #undecided: Gauge;

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    const named = (name: string, help: string) => ({ name: `lead_rotator_router_${name}`, help, registers });
    this.#decisions = new Counter({
      ...named('decisions_total', 'events of decisions, by type'),
      labelNames: ['type'],
    });
    this.#conflicts = new Counter(
      named('conflicts_total', 'decisions that were taken again because others were faster'),
    );
    this.#backstop = new Counter(named('backstop_total', 'leads decided from the log because no message came'));
    this.#batches = new Histogram({
      ...named('batch_leads', 'leads of one decision'),
      buckets: [1, 5, 20, 50, 100, 250, 500],
    });
    this.#whole = new Histogram({ ...named('batch_seconds', 'a batch, from its leads to the log'), buckets: seconds });
    this.#stages = new Histogram({
      ...named('stage_seconds', 'one call of a stage of a decision'),
      labelNames: ['stage'],
      buckets: seconds,
    });
    this.#undecided = new Gauge(
      named('undecided_age_seconds', 'age of the oldest lead that the last sweep found undecided'),
    );
  }

  /** A figure that is asked for when it is read. */
  gauge(name: string, help: string, read: () => number): void {
    const gauge: Gauge = new Gauge({
      name: `lead_rotator_router_${name}`,
      help,
      registers: [this.registry],
      collect: () => gauge.set(read()),
    });
  }

  /** To be called when the batch is done. */
  deciding(leads: number): () => void {
    this.#batches.observe(leads);
    return this.#whole.startTimer();
  }

  stage(stage: Stage): () => void {
    return this.#stages.startTimer({ stage });
  }

  decided(type: string): void {
    this.#decisions.inc({ type });
  }

  conflicts(count: number): void {
    this.#conflicts.inc(count);
  }

  leftBehind(leads: number, oldestMilliseconds: number): void {
    this.#backstop.inc(leads);
    this.#undecided.set(oldestMilliseconds / 1000);
  }
}

import { METRICS } from '@lead-rotator/service-host';
import { Inject, Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';

/** What intake counts. */
@Injectable()
export class IntakeMetrics {
  readonly #captured: Counter;
  readonly #repeated: Counter;
  readonly #refused: Counter;

  constructor(@Inject(METRICS) registry: Registry) {
    const registers = [registry];
    this.#captured = new Counter({
      name: 'lead_rotator_leads_captured_total',
      help: 'leads written to the log',
      registers,
    });
    this.#repeated = new Counter({
      name: 'lead_rotator_leads_repeated_total',
      help: 'leads that were there already',
      registers,
    });
    this.#refused = new Counter({
      name: 'lead_rotator_leads_refused_total',
      help: 'leads that were not as they must be',
      registers,
    });
  }

  captured(created: boolean): void {
    (created ? this.#captured : this.#repeated).inc();
  }

  refused(): void {
    this.#refused.inc();
  }
}

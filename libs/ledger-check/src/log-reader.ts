import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEventType, type RecordedLeadEvent, readEvent, UnknownEvent } from '@lead-rotator/lead-events';
import { evolveLedger } from './ledger/evolve-ledger.ts';
import { OrganizationLedger } from './ledger/organization-ledger.ts';
import type { LogCheck, LogCheckContext, Look, MakeLogCheck } from './log-checks/log-check.ts';
import { logChecks } from './log-checks/registry.ts';

/** Shows every event to the checks that ask for it, and then takes it into the ledger of its organization. */
export class LogReader {
  readonly #ledgers = new Map<string, OrganizationLedger>();
  readonly #looks = new Map<string, Look<LeadRotatorEventType>[]>();
  readonly #checks: readonly LogCheck[];
  readonly #looksAtEvery: readonly NonNullable<LogCheck['onEvery']>[];

  constructor(
    private readonly context: LogCheckContext,
    makers: readonly MakeLogCheck[] = logChecks,
  ) {
    this.#checks = makers.map((make) => make(context));
    this.#looksAtEvery = this.#checks.flatMap((check) => check.onEvery ?? []);
    for (const { on = {} } of this.#checks) {
      for (const [type, look] of Object.entries(on)) {
        // A look of one type is only ever called with events of that type.
        this.#looks.set(type, [...(this.#looks.get(type) ?? []), look as Look<LeadRotatorEventType>]);
      }
    }
  }

  /** The event in its newest version; undefined for one that this copy does not know. */
  see(recorded: RecordedEvent): RecordedLeadEvent | undefined {
    const event = this.#known(recorded);
    if (event === undefined) return undefined;
    const ledger = this.#ledgerOf(event.organizationId);
    for (const look of this.#looksAtEvery) look(event, ledger);
    for (const look of this.#looks.get(event.type) ?? []) look(event, ledger);
    evolveLedger(ledger, event, event.at);
    return event;
  }

  end(): void {
    for (const ledger of this.#ledgers.values()) for (const check of this.#checks) check.atEnd?.(ledger);
  }

  #known(recorded: RecordedEvent): RecordedLeadEvent | undefined {
    try {
      return readEvent(recorded);
    } catch (error) {
      if (!(error instanceof UnknownEvent)) throw error;
      const { organizationId, position, type, version } = recorded;
      this.context.report('unknown-event', { organizationId, position }, { type, version });
      return undefined;
    }
  }

  #ledgerOf(organizationId: string): OrganizationLedger {
    const known = this.#ledgers.get(organizationId);
    if (known !== undefined) return known;
    const created = new OrganizationLedger(organizationId);
    this.#ledgers.set(organizationId, created);
    return created;
  }
}

import type { LeadRotatorEventType, RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { CheckSettings } from '../check-settings.ts';
import type { ReportFault } from '../fault.ts';
import type { OrganizationLedger } from '../ledger/organization-ledger.ts';

/** An event of these types as it was read. */
export type Recorded<Type extends LeadRotatorEventType> = Extract<RecordedLeadEvent, { type: Type }>;

/** What a check does with an event, and with what the ledger said before it. */
export type Look<Type extends LeadRotatorEventType> = (event: Recorded<Type>, ledger: OrganizationLedger) => void;

/** One check of the log. It sees the events it asks for in order, each before the ledger has taken it in. */
export interface LogCheck {
  readonly on?: { readonly [Type in LeadRotatorEventType]?: Look<Type> };
  /** For a check that wants them all. */
  onEvery?(event: RecordedLeadEvent, ledger: OrganizationLedger): void;
  /** The whole log has been read; called once for each organization. */
  atEnd?(ledger: OrganizationLedger): void;
}

/** What every check is given. */
export interface LogCheckContext {
  readonly settings: CheckSettings;
  readonly report: ReportFault;
}

/** A check is made anew for each reading of a log. */
export type MakeLogCheck = (context: LogCheckContext) => LogCheck;

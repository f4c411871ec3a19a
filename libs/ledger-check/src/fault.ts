import type { Position } from '@lead-rotator/event-sourcing';
import type { FaultKind, WarningKind } from './fault-kinds.ts';

/** Where something is: as much of it as is known. */
export interface Place {
  readonly organizationId?: string;
  readonly position?: Position;
  readonly leadId?: string;
  readonly rotationId?: string;
  readonly topic?: string;
  readonly partition?: number;
  readonly offset?: string;
}

/** What was found, where, and the facts by which a person can see it too. Never personal data. */
export interface Finding<Kind extends string> {
  readonly kind: Kind;
  readonly place: Place;
  readonly facts: Readonly<Record<string, unknown>>;
}

export type Fault = Finding<FaultKind>;
export type Warning = Finding<WarningKind>;

/** How a check reports a fault. */
export type ReportFault = (kind: FaultKind, place: Place, facts?: Fault['facts']) => void;

/** How a check reports what only needs a look. */
export type ReportWarning = (kind: WarningKind, place: Place, facts?: Warning['facts']) => void;

import type { Latencies } from '../../flow/latency.ts';
import type { LeadTopics } from '../../flow/lead-topics.ts';

/** By the kind of fault. */
export type Findings = Readonly<Record<string, number>>;

/** A system of separate processes that gives leads to their owners, with one router at first. */
export interface RoutingSystem {
  readonly topics: LeadTopics;
  /** Leads of a run of throughput: as many as take it some seconds. */
  readonly leadsPerRun: number;
  addRouter(): Promise<void>;
  /** SIGKILL to the router that was added last. */
  killRouter(): Promise<void>;
  /** How often each fault is found in what it has done, when nothing is under way. */
  check(): Promise<Findings>;
}

/** What was measured of a system; all times as another process saw them on the topics. */
export interface RoutingFigures {
  /** Leads per second of each run, with one router and with two. */
  readonly oneRouter: readonly number[];
  readonly twoRouters: readonly number[];
  readonly latencies: Latencies;
  readonly found: Findings;
  readonly kill: Kill;
  readonly foundAfterKill: Findings;
  readonly poison: Poison;
}

/** After SIGKILL of one of two routers when half of the leads have owners. */
export interface Kill {
  readonly leads: number;
  /** Longest time without an assignment, in seconds. */
  readonly silence: number;
  /** Until the last lead had an owner, in seconds. */
  readonly until: number;
  /** Assignments on the topic of leads that had been assigned there before. */
  readonly again: number;
}

/** A message that nobody can read, behind half of the leads. */
export interface Poison {
  readonly leads: number;
  /** Leads without an owner when the time was up. */
  readonly heldUp: number;
  /** Until the last lead had an owner, or the time was up, in seconds. */
  readonly until: number;
}

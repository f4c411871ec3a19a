import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';

/** The ways out. */
export const channelNames = ['webhook', 'mail'] as const;
export type ChannelName = (typeof channelNames)[number];

/** An event that is to be told to somebody. */
export interface Notification {
  readonly position: Position;
  /** Id of a user; empty where the channel has one receiver for all. */
  readonly recipient: string;
  readonly organizationId: OrganizationId;
  /** What the event is about, the key of its message: within it the order holds. */
  readonly subject: string;
}

/** One that it is time to deliver. */
export interface DueNotification extends Notification {
  /** How often it was tried before. */
  readonly attempts: number;
}

/** What came of a try. Reasons carry no personal data. */
export type Delivery =
  | { readonly outcome: 'sent' }
  /** There is nobody to tell, or it is true no more. */
  | { readonly outcome: 'skipped'; readonly reason: string }
  /** The receiver will never take this one; it goes to the dead letters. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** The receiver is away or busy: the same again later. `waitMilliseconds`: what it asked all to wait. */
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly waitMilliseconds?: number };

/** A way out, as the outbox uses it. */
export interface Channel {
  readonly name: ChannelName;
  /** At most so many deliveries at once, each of another subject. */
  readonly concurrency: number;
  /** Takes a bounded time. What it throws counts as `unavailable` if it is transient, and else, a few times later, as `refused`. */
  deliver(notification: DueNotification): Promise<Delivery>;
}

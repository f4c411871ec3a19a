import { isPermitted, mayPickUp, pickUpLead, toPickUp } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import { type EpochMilliseconds, type EventContext, isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import type { TableProjector } from '@lead-rotator/read-models';
import { type Distribution, limitOf, type Rotation } from '@lead-rotator/rotation';
import { Refused } from '@lead-rotator/service-host';
import type { Distributions } from '../distribution/distributions.ts';
import { userNamed } from '../leads/by-whom.ts';
import type { Wish, WorkLeads } from '../leads/work-leads.handler.ts';
import { type LeadEvents, leadEventsOf } from './lead-events-of-page.ts';
import type { UnassignedLead, UnassignedLeads } from './unassigned-leads.read-model.ts';

const pageSize = 100;
/** For the table, in ms. It lets events gather for half a second. */
const longestWait = 2_000;

/** Another lead may do. Who has no permission tries none: `not-allowed` is about one that was offered to others. */
const ofThisLead: ReadonlySet<string> = new Set([
  'taken',
  'not-in-queue',
  'not-allowed',
  'not-permitted-status',
  'closed',
]);

/** Takes the lead out of a queue that waits longest among those that may be picked. */
export class PickUpFromQueue {
  constructor(
    private readonly distributions: Distributions,
    private readonly queue: Pick<UnassignedLeads, 'page'>,
    private readonly leads: WorkLeads,
    private readonly log: EventLog,
    private readonly tables: Pick<TableProjector, 'position' | 'catchUp'>,
  ) {}

  /**
   * Found by the table, decided from the log: of two who want the same lead, the second gets the next. If the table has
   * none to give and is behind the log, it is looked through again when it has caught up.
   * @throws Refused: `unknown-rotation`; `not-in-queue` when none waits, and `not-allowed` to who could not pick it up
   * either; else why the last one tried could not be had.
   */
  async pickUp(context: EventContext, rotationId: RotationId, by: string): Promise<LeadId> {
    const seenTo = await this.tables.position();
    let outcome = await this.#pass(context, rotationId, by);
    if (outcome instanceof Rejection) {
      await this.tables.catchUp(longestWait);
      if ((await this.tables.position()) > seenTo) outcome = await this.#pass(context, rotationId, by);
    }
    if (outcome instanceof Rejection) throw new Refused(outcome);
    return outcome;
  }

  /** Once through the table, from the longest waiting on; a rejection if there was none to be had. @throws Refused */
  async #pass(context: EventContext, rotationId: RotationId, by: string): Promise<LeadId | Rejection<string>> {
    const { organizationId } = context;
    const { distribution, at } = await this.distributions.current(context);
    const rotation = distribution.rotations.get(rotationId);
    if (rotation === undefined) throw new Refused(new Rejection('unknown-rotation', { rotationId }));
    const picking = pickingFrom(rotationId, by);
    const userId = userNamed(distribution, by);
    const isFree = freeFor(distribution, rotation, userId, at);
    const isShown = rotation.strategy.type !== 'queue-hidden' && rotation.member(userId) !== undefined;
    const asShown = (refused: Rejection<string>) => (isShown ? refused : withoutLead(refused, rotationId));
    let refusal: Rejection<string> | undefined;
    let notPermitted: UnassignedLead | undefined;
    for (let after = 0; ; ) {
      const page = await this.queue.page(organizationId, rotationId, after, pageSize);
      const events = await leadEventsOf(this.log, organizationId, page, false);
      const mayBePicked = (lead: UnassignedLead) => isFree(lead, events.get(lead.leadId));
      notPermitted ??= page.find((lead) => !mayBePicked(lead));
      for (const { leadId } of page.filter(mayBePicked)) {
        const outcome = await this.leads.try(context, leadId, picking, by);
        if (!isRejected(outcome)) return leadId;
        if (!ofThisLead.has(outcome.code)) throw new Refused(asShown(outcome));
        refusal = asShown(outcome);
      }
      if (page.length < pageSize) break;
      after = page.at(-1)?.sincePosition ?? after;
    }
    if (notPermitted !== undefined) {
      // It may be permitted by now.
      const outcome = await this.leads.try(context, notPermitted.leadId, picking);
      return isRejected(outcome) ? asShown(outcome) : notPermitted.leadId;
    }
    return refusal ?? refusalWhereNoneWaits(distribution, rotation, userId);
  }
}

/** Who has not named the lead learns no more of it than the queue shows them. */
function withoutLead({ code, facts }: Rejection<string>, rotationId: RotationId): Rejection<string> {
  const { leadId: _id, status: _status, ownerId: _owner, ...rest } = facts;
  return new Rejection(code, { ...rest, rotationId });
}

/** As for a lead: first whether they may at all. What is offered asks members for no permission. */
function refusalWhereNoneWaits(
  distribution: Distribution,
  rotation: Rotation,
  userId: UserId,
): Rejection<'not-allowed' | 'not-in-queue'> {
  const { id: rotationId, strategy } = rotation;
  const isOffered = strategy.type === 'first-to-claim' && rotation.member(userId) !== undefined;
  if (isOffered || mayPickUp(distribution, rotation, userId)) return new Rejection('not-in-queue', { rotationId });
  return new Rejection('not-allowed', { rotationId, userId, needs: toPickUp });
}

/** Whether it is worth a try: by what table and log say, which may have changed by then. */
function freeFor(distribution: Distribution, rotation: Rotation, userId: UserId, at: EpochMilliseconds) {
  const isAllowed = mayPickUp(distribution, rotation, userId);
  const member = rotation.member(userId);
  const hasRoom = member !== undefined && limitOf(distribution, rotation, member, at) === undefined;
  return ({ waits }: UnassignedLead, events: LeadEvents | undefined): boolean => {
    if (events === undefined) return true;
    const { captured, status, left } = events;
    if (waits !== 'offered') return isAllowed && isPermitted(rotation, { facts: { ...captured, status } });
    return hasRoom && (left?.type !== 'LeadOffered' || left.data.userIds.includes(userId));
  };
}

const pickingFrom =
  (rotationId: RotationId, by: string): Wish =>
  (scene, at) => {
    const { lead, distribution } = scene;
    const { leadId } = lead.facts;
    const isElsewhere = lead.ownerId === undefined && (lead.waitingIn ?? lead.offer?.rotationId) !== rotationId;
    if (isElsewhere) return new Rejection('not-in-queue', { leadId, rotationId });
    return pickUpLead(scene, { by: userNamed(distribution, by) }, at);
  };

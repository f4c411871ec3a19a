import type { Result, Scene } from '@lead-rotator/claim';
import { type EventContext, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadId, UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';
import { InvalidRequest } from '@lead-rotator/service-host';
import { Asker } from '../access/asker.ts';
import { userOf } from '../user-of.ts';

/** The user a request speaks for: the one it names, else the one who asks; undefined for a program of ours or a CRM. */
export const byWhom = ({ actor }: EventContext, named: string | undefined): string | undefined =>
  named ?? userOf(actor);

/** The same, where it cannot be done for nobody. @throws InvalidRequest */
export function requireByWhom(context: EventContext, named: string | undefined): string {
  const by = byWhom(context, named);
  if (by === undefined) throw new InvalidRequest([{ path: '/by', message: 'is missing, and so is X-Actor' }]);
  return by;
}

/** The id of a user known by id or email; what names nobody stays as it is, so that the domain refuses it. */
export const userNamed = (distribution: Distribution, idOrEmail: string): UserId =>
  distribution.findUser(idOrEmail)?.id ?? (idOrEmail as UserId);

/** Why a user may not say how a lead stands, as only its owner, managers and admins may; undefined: they may. */
export function refusalToWork({ distribution, lead }: Scene, by: string | undefined): Result | undefined {
  if (by === undefined) return undefined;
  const user = distribution.findUser(by);
  if (user === undefined) return new Rejection('unknown-user', { path: 'by', user: by });
  if (user.id === lead.ownerId || managesLeads(distribution, user.id)) return undefined;
  return new Rejection('not-owner', { leadId: lead.facts.leadId, ownerId: lead.ownerId });
}

/** Why a user may not do what is left to managers and admins; undefined: they may. */
export function refusalToManage(
  distribution: Distribution,
  by: string | undefined,
  leadId: LeadId,
): Result | undefined {
  if (by === undefined) return undefined;
  const user = distribution.findUser(by);
  if (user === undefined) return new Rejection('unknown-user', { path: 'by', user: by });
  if (managesLeads(distribution, user.id)) return undefined;
  return new Rejection('not-allowed', { leadId, userId: user.id, needs: 'a manager or an admin' });
}

const managesLeads = (distribution: Distribution, userId: UserId): boolean =>
  new Asker(distribution, `user:${userId}`).manages;

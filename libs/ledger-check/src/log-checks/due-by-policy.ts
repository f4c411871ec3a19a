import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';
import type { TurnEvent } from './turn.ts';

/**
 * A deadline is there if the lead came by a turn of a rotation that has a claim policy, and nowhere else. On the clock
 * on the wall it is the turn plus the window, exactly so where there are no pauses, and never less where there are.
 */
export const dueByPolicy: MakeLogCheck = ({ report }) => {
  const look = (event: TurnEvent, ledger: OrganizationLedger) => {
    const { turn, rotationId, due } = event.data;
    const rotation = rotationId === undefined ? undefined : ledger.rotations.get(rotationId);
    if (rotation?.strategy === 'first-to-claim') return;
    const claim = turn === undefined ? undefined : rotation?.settings.claim;
    if ((claim === undefined) !== (due === undefined)) {
      report('due-wrong', placeOf(event), { due: due ?? null, within: claim?.within ?? null });
    }
    if (claim === undefined || due === undefined) return;
    const window = Date.parse(due) - event.at;
    const exact = (claim.clock ?? 'wall') === 'wall' && (claim.pauses ?? []).length === 0;
    if (exact ? window === claim.within : window >= claim.within) return;
    report('due-wrong', placeOf(event), { due, within: claim.within, window });
  };
  return { on: { LeadAssigned: look, LeadReassigned: look } };
};

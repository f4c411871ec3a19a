import { describe, expect, it } from '@jest/globals';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { foldOwnedLeads, ownedLeadTypes } from './owned-lead-changes.ts';

type Type = (typeof ownedLeadTypes)[number];

/** The golden samples of these types, one after the other: all of one lead. */
function fold(...types: Type[]) {
  const events = types.map((type, index): RecordedEvent => {
    const { version, sample } = eventDefinitions[type];
    const circumstances = {
      organizationId: defaultOrganization,
      actor: 'service:spec',
      cause: 'request:spec',
    } as const;
    // Of the owner in the other samples.
    const data = type === 'UserActivated' ? { ...sample, userId: 'ann' } : sample;
    return { ...circumstances, type, version, data, at: index, position: index + 1 };
  });
  const { given, changed, gone, leaving, former, activated } = foldOwnedLeads(events);
  const [owners, kept] = [[...given.values()], [...changed.values()]];
  const lost = { gone: [...gone.values()], leaving: [...leaving.values()], former };
  return { given: owners, changed: kept, ...lost, activated: [...activated.values()] };
}

describe('a page of events', () => {
  it('gives a lead to its last owner, once', () => {
    const { given, changed, gone, former, leaving } = fold('LeadAssigned', 'LeadReassigned');
    expect(former).toMatchObject([{ ownerId: 'ann', sincePosition: 1 }]);
    expect(leaving).toEqual([]);
    expect(given).toMatchObject([{ ownerId: 'bob', sincePosition: 2, rotationId: 'web', claimed: false }]);
    expect([...changed, ...gone]).toEqual([]);
  });

  it('claims a lead that it gives', () => {
    expect(fold('LeadAssigned', 'LeadClaimed').given).toMatchObject([{ ownerId: 'ann', claimed: true, due: null }]);
  });

  it('claims a lead that was given before it', () => {
    const { given, changed } = fold('LeadClaimed', 'LeadWon');
    expect(given).toEqual([]);
    expect(changed).toMatchObject([{ claimedAt: 0, endsDeadline: true, outcome: 'won' }]);
  });

  it('knows nothing more of a lead that is taken away', () => {
    const { given, changed, gone } = fold('LeadAssigned', 'LeadTakenAway', 'ClaimMissed');
    expect([...given, ...changed]).toEqual([]);
    expect(gone).toHaveLength(1);
  });

  it('remembers what each owner of the page came to, and who had the lead before it', () => {
    const { changed, leaving, former, given } = fold('ClaimMissed', 'LeadReassigned', 'LeadClaimed', 'LeadHandedOver');
    expect(changed).toMatchObject([{ missedAt: 0, claimedAt: null }]);
    expect(leaving).toMatchObject([{ position: 2 }]);
    expect(former).toMatchObject([{ ownerId: 'bob', rotationId: 'web', givenBy: 'web', claimedAt: 2, missedAt: null }]);
    expect(given).toMatchObject([{ ownerId: 'bob', sincePosition: 4, rotationId: null, givenBy: null }]);
  });

  it('raises a notice without ending the deadline', () => {
    expect(fold('OwnerFoundInactive').changed).toMatchObject([{ foundInactive: 'ann', endsDeadline: false }]);
  });

  it('takes back that an owner was found inactive when they are active again', () => {
    const before = fold('OwnerFoundInactive', 'UserActivated');
    expect(before).toMatchObject({ changed: [{ foundInactive: null }], activated: [{ userId: 'ann' }] });
    const within = fold('LeadAssigned', 'OwnerFoundInactive', 'UserActivated');
    expect(within.given).toMatchObject([{ ownerId: 'ann', ownerFoundInactive: false }]);
    const again = fold('UserActivated', 'OwnerFoundInactive');
    expect(again).toMatchObject({ changed: [{ foundInactive: 'ann' }], activated: [{ userId: 'ann' }] });
  });

  it.each(ownedLeadTypes.filter((type) => type !== 'UserActivated'))(
    'puts a lead with a %s in one of three places',
    (type) => {
      const { given, changed, gone } = fold(type);
      expect([...given, ...changed, ...gone]).toHaveLength(1);
    },
  );
});

import type { RotationStand, Stand } from './stand-at.ts';

/** So many leads of an owner are named. */
const leadsNamed = 10;

/** How an organization stood, for people. */
export function standText({ organizationId, rotations, owners }: Stand): string {
  const byOwner = Map.groupBy(Object.entries(owners), ([, ownerId]) => ownerId);
  return [
    `Organization ${organizationId}`,
    ...rotations.flatMap(rotationLines),
    ...[...byOwner].map(([ownerId, leads]) =>
      ownerLine(
        ownerId,
        leads.map(([leadId]) => leadId),
      ),
    ),
  ].join('\n');
}

function rotationLines({ called, on, strategy, turns, next, lastServed, members }: RotationStand): string[] {
  const state = on ? 'on' : 'off';
  return [
    `  Rotation ${called}: ${state}, ${strategy}, ${turns} turns, last ${lastServed ?? 'nobody'}, next ${next ?? 'nobody'}`,
    ...members.map(
      (member, index) => `    ${index + 1}. ${member.called}: ${member.sent} sent${member.paused ? ', paused' : ''}`,
    ),
  ];
}

function ownerLine(ownerId: string, leads: readonly string[]): string {
  const more = leads.length - leadsNamed;
  const named = leads.slice(0, leadsNamed).join(', ');
  return `  Owner ${ownerId}: ${leads.length} open: ${named}${more > 0 ? ` and ${more} more` : ''}`;
}

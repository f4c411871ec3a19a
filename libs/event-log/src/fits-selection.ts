import type { ReadSelection } from './event-log.ts';

/** Whether an event is of the types and the organization that are wanted; where it stands is not looked at. */
export function fitsSelection(
  { types, exceptTypes, organizationId }: ReadSelection,
  event: { readonly type: string; readonly organizationId: string },
): boolean {
  if (types?.includes(event.type) === false || exceptTypes?.includes(event.type)) return false;
  return organizationId === undefined || event.organizationId === organizationId;
}

/** A message's place and time on its topic. */
export interface MessagePlace {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: number;
}

/**
 * What stands in for the id of a lead whose source gave it none: the CloudEvent's id, else the place of the message.
 * With the message's time, since a topic that is deleted and made anew counts its offsets from 0 again, and a new lead
 * must not be taken for the one that once stood there.
 */
export function standInOfMessage(place: MessagePlace, cloudEventId: string | undefined): string {
  return cloudEventId ?? `${place.topic}/${place.partition}/${place.offset}/${place.timestamp}`;
}

/**
 * The same for a lead that came over HTTP: the `Idempotency-Key` of the request, with the lead's place in a batch;
 * without one the lead is new each time, under an id drawn by the caller.
 */
export function standInOfRequest(idempotencyKey: string | undefined, drawn: string, placeInBatch?: number): string {
  if (idempotencyKey === undefined) return drawn;
  return placeInBatch === undefined ? idempotencyKey : `${idempotencyKey}/${placeInBatch}`;
}

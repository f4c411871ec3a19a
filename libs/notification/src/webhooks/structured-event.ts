import type { OutgoingMessage } from '@lead-rotator/event-bus';

export const structuredContentType = 'application/cloudevents+json; charset=utf-8';

/**
 * A message of `leads.events` as one document: a CloudEvent 1.0 in structured JSON. The attributes are those of its
 * headers; `data` is the value of the message, byte for byte.
 */
export function structuredEvent({ headers, value }: Pick<OutgoingMessage, 'headers' | 'value'>): string {
  const attributes: Record<string, string> = {};
  for (const [name, text] of Object.entries(headers)) {
    if (text === null) continue;
    if (name.startsWith('ce_')) attributes[name.slice('ce_'.length)] = text.toString();
    else if (name === 'content-type') attributes.datacontenttype = text.toString();
    else if (name === 'traceparent') attributes.traceparent = text.toString();
  }
  return `${JSON.stringify(attributes).slice(0, -1)},"data":${value?.toString() ?? 'null'}}`;
}

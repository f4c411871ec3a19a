import { eventDefinitions } from '@lead-rotator/lead-events';
import { eventHeaders } from './asyncapi-headers.ts';

const { properties } = eventHeaders('', '') as { properties: Record<string, { description: string }> };

/** Without the values that differ by type. */
const attribute = (name: string) => ({ type: 'string', description: properties[name]?.description });

const attributes = Object.fromEntries(
  Object.keys(properties)
    .filter((name) => name.startsWith('ce_'))
    .map((name) => [name.slice('ce_'.length), attribute(name)]),
);

/** An event as the body of a webhook: the headers of its message as attributes, and its value as `data`. */
export const structuredEventSchema = {
  type: 'object',
  properties: {
    ...attributes,
    type: { type: 'string', enum: Object.keys(eventDefinitions) },
    datacontenttype: { type: 'string', const: 'application/json' },
    traceparent: attribute('traceparent'),
    data: { type: 'object', description: 'by type and dataschema, one of the schemas below' },
  },
  required: [...Object.keys(attributes), 'datacontenttype', 'data'],
};

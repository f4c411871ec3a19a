import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { definitionOf, eventDefinitions } from './event-definitions.ts';
import { readEvent } from './read-event.ts';
import { eventSchemas, schemaUri } from './schemas.ts';

/* Golden samples are files, one per type and version, and are never changed: what was once written is read for ever. */
const folder = new URL('../golden/', import.meta.url);
const samples = readdirSync(folder).map((file) => {
  const [type = '', version = ''] = file.split('.');
  return { type, version: Number(version), data: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as unknown };
});
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
for (const schema of eventSchemas) ajv.addSchema(schema);

describe('the contract', () => {
  it.each(Object.values(eventDefinitions).map((definition) => [definition.type, definition] as const))(
    '%s keeps a golden sample of every version',
    (type, definition) => {
      const versions = samples.filter((sample) => sample.type === type).map((sample) => sample.version);
      expect(versions.sort()).toEqual(Array.from({ length: definition.version }, (_, index) => index + 1));
      expect(samples.find((one) => one.type === type && one.version === definition.version)?.data).toEqual(
        definition.sample,
      );
    },
  );

  it.each(samples.map((sample) => [`${sample.type} version ${sample.version}`, sample] as const))(
    'a written %s is read by the newest schema',
    (_name, { type, version, data }) => {
      const recorded = {
        type,
        version,
        data,
        position: 1,
        at: 0,
        organizationId: 'default' as never,
        actor: 'service:test',
        cause: 'request:1',
      } as const;
      const read = readEvent(recorded);
      const validate = ajv.getSchema(schemaUri(type, read.version));
      validate?.(read.data);
      expect(validate?.errors).toBeNull();
    },
  );

  it('gives every event a lead, rotation or configuration key, and at least one tag', () => {
    for (const { type, sample } of Object.values(eventDefinitions)) {
      expect(definitionOf(type)?.key(sample as never)).toMatch(/./);
      expect(definitionOf(type)?.tags(sample as never).length).toBeGreaterThan(0);
    }
  });

  it('says that it does not know an event of a newer copy', () => {
    const newer = { type: 'LeadAssigned', version: 99, data: {}, position: 1, at: 0 } as never;
    expect(() => readEvent(newer)).toThrow('this copy does not know event LeadAssigned version 99');
  });
});

import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { asyncApi } from './asyncapi-document.ts';

const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json');
const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false }));
const validate = ajv.compile(schema);
const document = () => JSON.parse(JSON.stringify(asyncApi()));

describe('the AsyncAPI document', () => {
  it('is valid by the schema of AsyncAPI 3.0', () => {
    validate(document());
    expect(validate.errors).toBeNull();
  });

  it('would not be if it said something wrong', () => {
    expect(validate({ ...document(), operations: { captureLead: { action: 'take' } } })).toBe(false);
  });

  it('refers only to what it contains', () => {
    const whole = document();
    const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const lost = references.filter(
      (path) => path.split('/').reduce((place, step) => place?.[step.replaceAll('~1', '/')], whole) === undefined,
    );
    expect(references.length).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });
});

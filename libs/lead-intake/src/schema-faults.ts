import type { ErrorObject } from 'ajv';
import type { Fault } from './fault.ts';

/** What the validator found, in words of the one who sends leads, each thing once. */
export function schemaFaults(errors: readonly ErrorObject[]): Fault[] {
  const withoutContact = errors.some(({ keyword }) => keyword === 'anyOf');
  const faults = errors.filter((error) => !isPartOfContact(error)).map(faultOf);
  return withoutContact ? [...faults, { path: '', message: 'needs an email or a phone' }] : faults;
}

function isPartOfContact({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'anyOf' || schemaPath.startsWith('#/anyOf/');
}

function faultOf({ keyword, instancePath: path, params, message }: ErrorObject): Fault {
  switch (keyword) {
    case 'required':
      return { path: `${path}/${params.missingProperty}`, message: 'is missing' };
    case 'additionalProperties': {
      const name = String(params.additionalProperty).replaceAll('~', '~0').replaceAll('/', '~1');
      return { path: `${path}/${name}`, message: 'is not a field of a lead; further data goes into attributes' };
    }
    case 'type':
      return { path, message: `must be ${articles[params.type] ?? params.type}` };
    case 'pattern':
      return { path, message: 'is not an email address' };
    case 'format':
      return { path, message: 'must be a time like 2026-01-05T09:00:00Z' };
    case 'maxLength':
      return { path, message: `is longer than ${params.limit} characters` };
    default:
      return { path, message: message ?? 'is not allowed' };
  }
}

const articles: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', object: 'an object' };

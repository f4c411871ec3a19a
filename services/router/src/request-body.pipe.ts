import { textFaults } from '@lead-rotator/lead-intake';
import { nearestWord } from '@lead-rotator/rotation';
import { type Fault, InvalidRequest, ruleInWords } from '@lead-rotator/service-host';
import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Errors } from 'typebox/value';
import { narrowSchema } from './narrow-schema.ts';

/**
 * Checks a body against a schema that is built of the contract's: the API takes exactly what the events can hold, and
 * the page of the API shows what is checked. Classes with decorators would say each field a second time.
 */
@Injectable()
export class RequestBody<Schema extends TSchema> implements PipeTransform<unknown, Static<Schema>> {
  readonly #validator: Validator;

  constructor(private readonly schema: Schema) {
    this.#validator = Compile(schema) as Validator;
  }

  /** @throws InvalidRequest with every fault by its path. */
  transform(body: unknown): Static<Schema> {
    const value = body ?? {};
    if (!this.#validator.Check(value)) {
      const meant = narrowSchema(this.schema, value);
      throw new InvalidRequest(faultsOf(Errors(meant, value), meant, value));
    }
    const faults = textFaults(value);
    if (faults.length > 0) throw new InvalidRequest(faults);
    return value as Static<Schema>;
  }
}

type SchemaError = ReturnType<typeof Errors>[number];

function faultsOf(errors: readonly SchemaError[], schema: TSchema, value: unknown): Fault[] {
  const faults = new Map(
    errors.flatMap((error) => faultOf(error, schema, value)).map((fault) => [`${fault.path} ${fault.message}`, fault]),
  );
  return faults.size > 0 ? [...faults.values()] : [{ path: '', message: 'is not as it must be' }];
}

function faultOf(error: SchemaError, schema: TSchema, value: unknown): Fault[] {
  const { instancePath: path } = error;
  const message = ruleInWords(error);
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({ path: `${path}/${name}`, message }));
    case 'boolean': {
      const known = knownFields(schema, error.schemaPath);
      return [{ path, message: message + nearest(path.slice(path.lastIndexOf('/') + 1), known) }];
    }
    case 'enum': {
      const found = valueAt(value, path);
      return [
        {
          path,
          message: message + (typeof found === 'string' ? nearest(found, words(error.params.allowedValues)) : ''),
        },
      ];
    }
    case 'anyOf':
    case 'additionalProperties':
      return [];
    default:
      return [{ path, message }];
  }
}

/** The fields of the object that a path like `#/properties/claim/additionalProperties` belongs to. */
function knownFields(schema: TSchema, schemaPath: string): string[] {
  const steps = schemaPath.split('/').slice(1, -1);
  const owner = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], schema);
  return Object.keys((owner as { properties?: object } | undefined)?.properties ?? {});
}

const words = (values: readonly unknown[]): string[] => values.filter((one) => typeof one === 'string');

/** What stands at a JSON pointer. */
const valueAt = (value: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], value);

function nearest(word: string, words: readonly string[]): string {
  const meant = nearestWord(word, words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

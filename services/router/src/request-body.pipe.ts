import { textFaults } from '@lead-rotator/lead-intake';
import { type Fault, InvalidRequest } from '@lead-rotator/service-host';
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
    if (!this.#validator.Check(value))
      throw new InvalidRequest(faultsOf(Errors(narrowSchema(this.schema, value), value)));
    const faults = textFaults(value);
    if (faults.length > 0) throw new InvalidRequest(faults);
    return value as Static<Schema>;
  }
}

type SchemaError = ReturnType<typeof Errors>[number];

function faultsOf(errors: readonly SchemaError[]): Fault[] {
  const faults = errors.flatMap(faultOf);
  return faults.length > 0 ? faults : [{ path: '', message: 'is not as it must be' }];
}

function faultOf(error: SchemaError): Fault[] {
  const { keyword, instancePath: path, message } = error;
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((name) => ({ path: `${path}/${name}`, message: 'is missing' }));
    case 'enum': {
      const allowed = error.params.allowedValues.map(String).join(', ');
      return [{ path, message: `must be one of ${allowed}` }];
    }
    case 'boolean':
      return [{ path, message: 'is not a known field' }];
    default:
      return keyword === 'anyOf' || keyword === 'additionalProperties' ? [] : [{ path, message }];
  }
}

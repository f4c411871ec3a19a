import { isDateTime } from '@lead-rotator/event-sourcing';
import { type ActivityOfLead, activityOfLead, type InboundActivity, inboundActivity } from '@lead-rotator/lead-events';
import { textFaults } from '@lead-rotator/lead-intake';
import { type Fault, InvalidRequest, ruleInWords } from '@lead-rotator/service-host';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true });
ajv.addFormat('date-time', isDateTime);
const isActivityOfLead = ajv.compile<ActivityOfLead>(activityOfLead);
const isInboundActivity = ajv.compile<InboundActivity>(inboundActivity);

/** An act on a lead that the request names. @throws InvalidRequest with every fault. */
export const acceptActivityOfLead = (input: unknown): ActivityOfLead => accept(isActivityOfLead, input);

/** An act as it is sent over the bus. @throws InvalidRequest with every fault. */
export const acceptActivity = (input: unknown): InboundActivity => accept(isInboundActivity, input);

function accept<Activity>(isValid: ValidateFunction<Activity>, input: unknown): Activity {
  const value = withoutNull(input);
  const faults = isValid(value) ? [] : (isValid.errors ?? []).map(faultOf);
  faults.push(...textFaults(value));
  if (faults.length > 0) throw new InvalidRequest(faults);
  return value as Activity;
}

/** A field that is null counts as not there. */
function withoutNull(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function faultOf(error: ErrorObject): Fault {
  const { instancePath: path, params } = error;
  const message = ruleInWords(error);
  switch (error.keyword) {
    case 'required':
      return { path: `${path}/${params.missingProperty}`, message };
    case 'additionalProperties':
      return { path: `${path}/${params.additionalProperty}`, message };
    default:
      return { path, message };
  }
}

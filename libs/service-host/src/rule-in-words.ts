/** What a JSON Schema validator says of a value: the rule that it breaks, with the limits of it. */
export interface BrokenRule {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string | undefined;
}

/** A broken rule of a schema, as a sentence for who filled in the field, behind its name. */
export function ruleInWords({ keyword, params, message }: BrokenRule): string {
  const limit = Number(params.limit);
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'boolean':
    case 'additionalProperties':
      return 'is not a known field';
    case 'enum':
      return `must be one of ${(params.allowedValues as readonly unknown[]).map(String).join(', ')}`;
    case 'type':
      return `must be ${[params.type].flat().map(typeInWords).join(' or ')}`;
    case 'minimum':
      return `must be ${limit} or more`;
    case 'maximum':
      return `must be ${limit} or less`;
    case 'exclusiveMinimum':
      return `must be more than ${limit}`;
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have ${limit} characters or more`;
    case 'maxLength':
      return `must have ${limit} characters or fewer`;
    case 'minItems':
    case 'minProperties':
      return limit === 1 ? 'must not be empty' : `must have ${limit} entries or more`;
    case 'maxItems':
    case 'maxProperties':
      return `must have ${limit} entries or fewer`;
    case 'uniqueItems':
      return 'must not have the same entry twice';
    case 'pattern':
      return patterns[String(params.pattern)] ?? message ?? 'is not as it must be';
    case 'format':
      return params.format === 'date' ? 'must be a day like 2026-01-05' : 'must be a time like 2026-01-05T09:00:00Z';
    default:
      return message ?? 'is not as it must be';
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};
const typeInWords = (type: unknown): string => types[String(type)] ?? String(type);

/** The patterns that requests are checked with; of another one the validator's message stands. */
const patterns: Readonly<Record<string, string>> = {
  '\\S': 'must not be empty',
  '^[\\x21-\\x7e]{1,200}$': 'must be 1 to 200 letters, digits or signs, without blanks and accents',
  '^[^\\s@]+@[^\\s@]+$': 'must be an email address like ann@acme.example',
  '^[A-Z]{2}$': 'must be a country of two capital letters, like DE',
  '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)$':
    'must be a time like 2026-01-05T09:00:00Z',
};

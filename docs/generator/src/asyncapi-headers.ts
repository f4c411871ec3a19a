const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more });
const trace = text('W3C Trace Context, if the lead came with one');
const headers = (properties: Record<string, object>, required: readonly string[]) => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
});

/** Headers of an event on `leads.events`: CloudEvents 1.0 in binary mode. */
export const eventHeaders = (type: string, schema: string) => {
  const always = {
    ce_specversion: text('version of CloudEvents', { const: '1.0' }),
    ce_id: text('unique together with ce_source'),
    ce_source: text('the log that holds the event; another one after a log was restored or replaced'),
    ce_type: text('type of the event', { const: type }),
    ce_time: text('when it was decided', { format: 'date-time' }),
    ce_subject: text('the key: the id of the lead, or of what else it is about'),
    ce_dataschema: text('the JSON Schema of the value, with its version', { const: schema }),
    ce_sequence: text('position in the log, a whole number from 1: per lead, drop what is not above the last one seen'),
    ce_organizationid: text('the organization it belongs to'),
    ce_actor: text('who caused it: user:…, service:… or source:…'),
    ce_cause: text('what it answers: event:…, message:… or request:…'),
    'content-type': text('of the value', { const: 'application/json' }),
  };
  return headers({ ...always, traceparent: trace }, Object.keys(always));
};

/** Headers of what is sent in. All may be left out: the value is then a bare lead or act, or a structured CloudEvent. */
export const inboundHeaders = headers(
  {
    ce_specversion: text('`1.0`, for a CloudEvent in binary mode; then ce_id, ce_source and ce_type are required'),
    ce_id: text('stands in for the id, if the value has none'),
    ce_source: text('the system it comes from'),
    ce_type: text('any type'),
    'content-type': text('`application/cloudevents+json` for a structured CloudEvent'),
    organization: text('the organization it belongs to; `default` if absent'),
    traceparent: trace,
  },
  [],
);

const signature = {
  'webhook-id': text('id of the log and position of the event in it: the same each time that it is sent'),
  'webhook-timestamp': text('when it was sent, in seconds since 1970'),
  'webhook-signature': text('`v1,` and HMAC-SHA256 over id, timestamp and body, in base64; one for each secret'),
};

/** Headers of a webhook. */
export const webhookHeaders = headers(signature, Object.keys(signature));

const deadLetterFacts = {
  dlq_reason: text('why it could not be used; at most 1,000 characters'),
  dlq_topic: text('the topic it came from'),
  dlq_partition: text('the partition it came from'),
  dlq_offset: text('the offset it had there'),
  dlq_count: text('how often it was tried'),
  dlq_at: text('when it was put aside', { format: 'date-time' }),
};

/** Headers that a dead letter has in addition to those it came with. */
export const deadLetterHeaders = headers(
  { ...deadLetterFacts, dlq_left_out: text('this topic did not take the message itself, which lies where these say') },
  Object.keys(deadLetterFacts),
);

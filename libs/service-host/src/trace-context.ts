const pattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** A `traceparent` as W3C Trace Context defines it, or undefined for anything else: a bad one is dropped, never an error. */
export function readTraceparent(value: string | undefined): string | undefined {
  const match = value === undefined ? null : pattern.exec(value);
  if (match === null || value?.startsWith('ff')) return undefined;
  const [, trace = '', span = ''] = match;
  return /^0+$/.test(trace) || /^0+$/.test(span) ? undefined : value;
}

/** The trace id in it, for the log. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent?.slice(3, 35);
}

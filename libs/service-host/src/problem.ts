import { isTransient } from '@lead-rotator/event-bus';
import { UnitTooLarge } from '@lead-rotator/event-log';
import type { Rejection } from '@lead-rotator/event-sourcing';
import type { RefusalCode } from '@lead-rotator/rotation';
import { HttpException, HttpStatus } from '@nestjs/common';
import { type Fault, InvalidRequest } from './invalid-request.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { Refused } from './refused.ts';

/** An answer to a request that could not be done, as RFC 9457 defines it (`application/problem+json`). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What programs go by. */
  readonly code: string;
  readonly detail?: string | undefined;
  /** Everything that is wrong with the input, each by its path. */
  readonly faults?: readonly Fault[];
  /** What the refusal rests on, as in `{ "ownerId": "ann" }`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Every refusal code of the domain and its status: a new one does not compile until it has one. */
export const rejectionStatus: Readonly<Record<RefusalCode, number>> = {
  invalid: HttpStatus.BAD_REQUEST,
  'unknown-lead': HttpStatus.NOT_FOUND,
  'unknown-rotation': HttpStatus.NOT_FOUND,
  'unknown-user': HttpStatus.NOT_FOUND,
  'not-a-member': HttpStatus.NOT_FOUND,
  'not-allowed': HttpStatus.FORBIDDEN,
  'not-owner': HttpStatus.FORBIDDEN,
  'not-in-team': HttpStatus.FORBIDDEN,
  'already-member': HttpStatus.CONFLICT,
  'inactive-user': HttpStatus.CONFLICT,
  'too-late': HttpStatus.CONFLICT,
  taken: HttpStatus.CONFLICT,
  'not-in-queue': HttpStatus.CONFLICT,
  'not-permitted-status': HttpStatus.CONFLICT,
  closed: HttpStatus.CONFLICT,
  'in-use': HttpStatus.CONFLICT,
};

/** What an address names, by the names of its parts, as in `{ "rotationId": "web" }`. */
export type AddressParts = Readonly<Record<string, unknown>>;

/** What an error is to the one who asked. Statuses of errors are here and nowhere else. */
export function problemOf(error: unknown, address: AddressParts = {}): Problem {
  if (error instanceof InvalidRequest) {
    return problem(HttpStatus.BAD_REQUEST, 'invalid', 'what was sent is not as it must be', { faults: error.faults });
  }
  if (error instanceof Refused) {
    const { code } = error.rejection;
    const { path = placeIn(address, error.rejection), fault: said, found: _, meant, ...facts } = error.rejection.facts;
    const fault = said ?? refusalInWords(code, facts) ?? code;
    const faults = path === undefined ? undefined : [faultOf(path, fault, meant)];
    if (code === 'invalid' && faults !== undefined) return problemOf(new InvalidRequest(faults));
    return problem(
      (rejectionStatus as Readonly<Record<string, number>>)[code] ?? HttpStatus.UNPROCESSABLE_ENTITY,
      code,
      'refused',
      {
        detail: refusalInWords(code, facts),
        facts,
        ...(faults === undefined ? {} : { faults }),
      },
    );
  }
  if (error instanceof UnitTooLarge) {
    const { bytes, most } = error;
    const detail = `It comes to ${bytes} bytes of events, and at most ${most} are taken together: do it in parts.`;
    return problem(HttpStatus.PAYLOAD_TOO_LARGE, 'too-large', 'too much at once', { detail });
  }
  if (isTransient(error)) {
    return problem(HttpStatus.SERVICE_UNAVAILABLE, 'unavailable', 'not possible now, and safe to send again', {});
  }
  const status = statusOf(error);
  if (status === HttpStatus.UNAUTHORIZED) {
    return problem(status, 'unauthorized', 'a key is needed', { detail: messageOf(error) });
  }
  if (status === HttpStatus.PAYLOAD_TOO_LARGE)
    return problem(status, 'too-large', 'the body is too large', { detail: messageOf(error) });
  if (status === HttpStatus.UNSUPPORTED_MEDIA_TYPE) {
    return problem(status, 'not-json', 'send a body, with content-type: application/json', {});
  }
  if (status >= 500) return problem(HttpStatus.INTERNAL_SERVER_ERROR, 'fault', 'a fault of ours, which was logged', {});
  const code = status === HttpStatus.NOT_FOUND ? 'not-found' : 'invalid';
  return problem(status, code, 'not possible', { detail: messageOf(error) });
}

/** What a refusal is about, by its code: it may stand in the address. */
const subjects: Readonly<Partial<Record<RefusalCode, string>>> = {
  'unknown-lead': 'leadId',
  'unknown-rotation': 'rotationId',
  'unknown-user': 'userId',
  'not-a-member': 'userId',
};

function placeIn(address: AddressParts, { code, facts }: Rejection): string | undefined {
  const subject = (subjects as Readonly<Record<string, string>>)[code];
  return subject !== undefined && facts[subject] !== undefined && facts[subject] === address[subject]
    ? subject
    : undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The domain names one fault at a time, and fields by their dotted path. */
function faultOf(path: unknown, fault: unknown, meant: unknown): Fault {
  const message = meant === undefined ? `${fault}` : `${String(fault).replace(/\.$/, '')}; did you mean ${meant}?`;
  return { path: `/${String(path).replaceAll('.', '/')}`, message };
}

function problem(status: number, code: string, title: string, more: Partial<Problem>): Problem {
  return { type: `urn:lead-rotator:problem:${code}`, title, status, code, ...more };
}

/** Nest's exceptions and those of the body parser carry their status; everything else is a fault of ours. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return HttpStatus.INTERNAL_SERVER_ERROR;
}

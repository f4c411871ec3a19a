import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Delivery } from '../outbox/delivery.ts';
import { signWebhook } from './sign-webhook.ts';
import { structuredContentType } from './structured-event.ts';

/** Of the statuses from 400 to 499, those that speak of the address, the login or the time, and not of the message. */
const notOfTheMessage = new Set([401, 403, 404, 405, 407, 408, 410, 421, 425, 426, 429]);

export interface WebhookEndpointSettings {
  readonly url: string;
  /** `whsec_…`; the message is signed with each. */
  readonly secrets: readonly string[];
  /** From the start of a request to the end of its answer. */
  readonly timeoutMilliseconds: number;
  readonly clock: () => EpochMilliseconds;
}

/** The one who receives webhooks. */
export class WebhookEndpoint {
  constructor(private readonly settings: WebhookEndpointSettings) {}

  /** Posts once. Never throws: whatever goes wrong on the way is `unavailable`. */
  async post(id: string, body: string): Promise<Delivery> {
    const { url, secrets, timeoutMilliseconds, clock } = this.settings;
    const timestamp = Math.floor(clock() / 1000);
    const headers = {
      'content-type': structuredContentType,
      'user-agent': 'lead-rotator',
      ...signWebhook({ id, timestamp, body }, secrets),
    };
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      // A signed message is for the endpoint that was set, and for nobody it points to.
      const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await answer.body?.cancel();
      return this.#deliveryOf(answer);
    } catch (error) {
      const reason = signal.aborted
        ? `the endpoint did not answer within ${timeoutMilliseconds / 1000} s`
        : `the endpoint cannot be reached (${codeOf(error)})`;
      return { outcome: 'unavailable', reason };
    }
  }

  #deliveryOf({ ok, status, headers }: Response): Delivery {
    if (ok) return { outcome: 'sent' };
    const reason = `the endpoint answered ${status}`;
    if (status >= 400 && status < 500 && !notOfTheMessage.has(status)) return { outcome: 'refused', reason };
    const wait = retryAfter(headers.get('retry-after'), this.settings.clock());
    return { outcome: 'unavailable', reason, ...(wait === undefined ? {} : { waitMilliseconds: wait }) };
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfter(text: string | null, now: EpochMilliseconds): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Of what fetch throws, the socket's own word. */
function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return String(cause?.code ?? code ?? 'no connection');
}

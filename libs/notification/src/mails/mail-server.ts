import { createTransport, type Transporter } from 'nodemailer';
import type { Delivery } from '../outbox/delivery.ts';

const patienceMilliseconds = 10_000;
/** Connections that are kept open. */
const connections = 2;

export interface MailServerSettings {
  /** `smtp://` or `smtps://`, with login and port where needed. A login is given over TLS alone. */
  readonly url: string;
  /** An address, or `Name <address>`. */
  readonly from: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without the angle brackets and what is behind the @, which is the sender's domain. */
  readonly id: string;
}

/** One address and nothing else: no list, no display name, no way to begin another header. */
const address = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;

/** Whether a mail can be addressed to it. */
export const isMailAddress = (text: string): boolean => text.length <= 254 && address.test(text);

/** The server that takes our mails. */
export class MailServer {
  readonly #transport: Transporter;
  readonly #from: string;
  readonly #domain: string;

  constructor({ url, from }: MailServerSettings) {
    const { protocol, hostname, port, username, password } = new URL(url);
    const secure = protocol === 'smtps:';
    this.#transport = createTransport({
      host: hostname,
      port: port === '' ? (secure ? 465 : 587) : Number(port),
      secure,
      ...(username === ''
        ? {}
        : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) }, requireTLS: true }),
      pool: true,
      maxConnections: connections,
      connectionTimeout: patienceMilliseconds,
      greetingTimeout: patienceMilliseconds,
      socketTimeout: patienceMilliseconds,
      // Nothing that came from outside is ever read from a file or fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
    this.#domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? hostname;
  }

  /** Sends once. Never throws: whatever goes wrong is `unavailable`, but for what the server says of this mail alone. */
  async send({ to, subject, text, id }: Mail): Promise<Delivery> {
    try {
      await this.#transport.sendMail({
        from: this.#from,
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${this.#domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      return { outcome: 'sent' };
    } catch (error) {
      return deliveryOf(error as SmtpError);
    }
  }

  close(): void {
    this.#transport.close();
  }
}

/** What nodemailer adds to its errors; the message may quote an address. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

function deliveryOf({ code, responseCode, command }: SmtpError): Delivery {
  if (responseCode === undefined) return { outcome: 'unavailable', reason: `the mail server is away (${code})` };
  const reason = `the mail server answered ${responseCode}`;
  // A sender or a login that it does not take is a fault of the settings, and would be one of every mail.
  const isOfThisMail = code !== 'EAUTH' && (command === 'RCPT TO' || command === 'DATA');
  return { outcome: responseCode >= 500 && isOfThisMail ? 'refused' : 'unavailable', reason };
}

import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over SMTP. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** By name in lower case; folded ones unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const refusal = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });

/** A mail server that keeps what it gets. */
export class Mailbox {
  readonly received: ReceivedMail[] = [];
  /** What it answers to a recipient or a sender in place of yes. */
  refuses: { readonly recipient?: number; readonly sender?: number; readonly content?: number } = {};
  #server: SMTPServer | undefined;
  #port = 0;

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await mailbox.listen();
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** On the port it had before, if it was stopped. */
  async listen(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onMailFrom: (_address, _session, done) => done(this.#refusal('sender')),
      onRcptTo: (_address, _session, done) => done(this.#refusal('recipient')),
      onData: (stream, { envelope }, done) => {
        void text(stream).then((raw) => {
          const refused = this.#refusal('content');
          if (refused === null) this.received.push(parse(raw, envelope));
          done(refused);
        });
      },
    });
    // A client that ends in the middle is no fault of the test's.
    server.on('error', () => undefined);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server?.close(resolve) ?? resolve());
  }

  #refusal(step: keyof Mailbox['refuses']): Error | null {
    const code = this.refuses[step];
    return code === undefined ? null : refusal(code);
  }
}

type Envelope = { readonly mailFrom: false | { address: string }; readonly rcptTo: readonly { address: string }[] };

function parse(raw: string, { mailFrom, rcptTo }: Envelope): ReceivedMail {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const from = mailFrom === false ? '' : mailFrom.address;
  return { from, to: rcptTo.map(({ address }) => address), headers, body: rest.join('\r\n\r\n') };
}

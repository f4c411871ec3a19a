type Write = (facts: Readonly<Record<string, unknown>>, message: string) => void;

/** Where the bus says what happens to it; a pino logger fits. Never given keys or values of messages. */
export interface BusLogger {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

const nothing: Write = () => undefined;

export const silentLogger: BusLogger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

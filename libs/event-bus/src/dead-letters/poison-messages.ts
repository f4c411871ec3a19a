import type { IncomingMessage } from '../event-bus.ts';

/** A message that is itself at fault, and why. */
export interface PoisonMessage {
  readonly message: IncomingMessage;
  readonly reason: string;
}

/**
 * Thrown by a handler: these messages will never be usable. They are put aside, and the handler is called again with
 * the rest of the batch, of which it must not have done anything that cannot be repeated.
 */
export class PoisonMessages extends Error {
  override readonly name = 'PoisonMessages';
  readonly poison: readonly PoisonMessage[];

  constructor(poison: readonly PoisonMessage[]) {
    super(
      poison
        .map(({ message, reason }) => `${message.topic}/${message.partition}/${message.offset}: ${reason}`)
        .join('; '),
    );
    this.poison = poison;
  }
}

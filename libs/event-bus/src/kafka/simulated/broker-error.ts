/** As the broker says no. */
export class BrokerError extends Error {
  override readonly name = 'KafkaJSProtocolError';
  readonly retriable = false;

  constructor(readonly type: string) {
    super(type);
  }
}

/** A Kafka of one node that belongs to whoever started it. Its data outlives `kill` and `restart`, not `stop`. */
export interface OwnBroker {
  /** `host:port`, the same before and after a restart. */
  readonly brokers: readonly string[];
  /** Its process, where it is one of this machine's: for accounts of processor time. */
  readonly pid?: number | undefined;
  /** Ends it as a power cut does: SIGKILL, no goodbye to anybody. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port, after ending it in an orderly way if it still runs. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** How a broker of one's own can be had on this machine. */
export interface BrokerSource {
  readonly name: 'container' | 'jars';
  start(): Promise<OwnBroker>;
}

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

/** A Kafka of several nodes that belongs to whoever started it; a node is named by its `host:port`. */
export interface OwnBrokers {
  readonly brokers: readonly string[];
  /** Ends one as a power cut does. */
  kill(broker: string): Promise<void>;
  /** Starts one again on the same data and port, after ending it in an orderly way if it still runs. */
  restart(broker: string): Promise<void>;
  /** Ends all and removes their data. */
  stop(): Promise<void>;
}

/** How a broker of one's own can be had on this machine. */
export interface BrokerSource {
  readonly name: 'container' | 'jars';
  start(): Promise<OwnBroker>;
}

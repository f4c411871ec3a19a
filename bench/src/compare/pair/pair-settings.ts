import { pairTopics } from './pair-topics.ts';

/** What a process of the pair is told by its environment. */
export interface PairSettings {
  readonly databaseUrl: string;
  readonly brokers: readonly string[];
  /** Before the names of topics and consumer groups. */
  readonly prefix: string;
  /** The router looks whether the lead has an owner before it takes the next in turn. */
  readonly looksFirst: boolean;
  /** From how many partitions a service handles a message at the same time. */
  readonly partitionsAtOnce: number;
}

const {
  PAIR_DATABASE_URL = '',
  PAIR_BROKERS = '',
  PAIR_PREFIX = 'pair',
  PAIR_LOOKS_FIRST,
  PAIR_AT_ONCE = '1',
} = process.env;

/** Of this process. */
export const settings: PairSettings = {
  databaseUrl: PAIR_DATABASE_URL,
  brokers: PAIR_BROKERS.split(','),
  prefix: PAIR_PREFIX,
  looksFirst: PAIR_LOOKS_FIRST === 'true',
  partitionsAtOnce: Number(PAIR_AT_ONCE),
};

/** Handlers are bound to topics when their classes are defined, so these are known by then. */
export const topics = pairTopics(settings.prefix);

/** The environment that makes a process read these settings. */
export const environmentOf = (given: PairSettings): NodeJS.ProcessEnv => ({
  PAIR_DATABASE_URL: given.databaseUrl,
  PAIR_BROKERS: given.brokers.join(','),
  PAIR_PREFIX: given.prefix,
  PAIR_LOOKS_FIRST: String(given.looksFirst),
  PAIR_AT_ONCE: String(given.partitionsAtOnce),
});

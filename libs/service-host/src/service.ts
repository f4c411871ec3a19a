import type { DynamicModule, Type } from '@nestjs/common';
import type { Settings } from './settings.ts';

/** What a service takes from the bus, by `@EventBatch` handlers that are declared for the group of its name. */
export interface Consumption {
  /** For each topic whose handlers name types, all other types (`typesExcept`). */
  readonly ignores?: Readonly<Record<string, readonly string[]>>;
  /** Where a group without an offset begins; default `beginning`. */
  readonly from?: 'beginning' | 'end';
}

/** One service as a process takes it in: alone, or beside others behind one port. */
export interface Service {
  /** As it is called on the command line, in logs and in the address of its API's page. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  /** Of its HTTP API, for the page; absent when it has none. */
  readonly api?: { readonly title: string; readonly about: string };
  /** That it has handlers for the bus, and how they are fed. */
  readonly consumes?: Consumption | ((settings: Settings) => Consumption);
  /** Why it has nothing to do under these settings; `all` then leaves it out. Without it, it always has something. */
  readonly idle?: (settings: Settings) => string | undefined;
  /** Paths of its API that take bodies over 64 kB, and up to how many bytes; a `*` stands for one part. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
}

import type { DynamicModule, Type } from '@nestjs/common';

/** One service as a process takes it in: alone, or beside others behind one port. */
export interface Service {
  /** As it is called on the command line, in logs and in the address of its API's page. */
  readonly name: string;
  readonly module: Type | DynamicModule;
  /** Of its HTTP API, for the page; absent when it has none. */
  readonly api?: { readonly title: string; readonly about: string };
  /**
   * That it has `@EventBatch` handlers, declared for the group of its name; and for each topic whose handlers name
   * types, all other types (`typesExcept`).
   */
  readonly consumes?: { readonly ignores?: Readonly<Record<string, readonly string[]>> };
  /** Paths of its API that take bodies over 64 kB, and up to how many bytes. */
  readonly bodyLimits?: Readonly<Record<string, number>>;
}

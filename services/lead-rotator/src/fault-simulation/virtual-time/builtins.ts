import type { AsyncLocalStorage } from 'node:async_hooks';

/** Not imported: who imports these modules before they are replaced would keep the real functions under some loaders. */
const { AsyncLocalStorage: Storage } = process.getBuiltinModule('node:async_hooks');
const timers = process.getBuiltinModule('node:timers/promises');
const real = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  clear: globalThis.clearTimeout as (timer: unknown) => void,
  now: Date.now.bind(Date),
  performanceNow: performance.now.bind(performance),
  sleep: timers.setTimeout,
  anyOf: AbortSignal.any.bind(AbortSignal),
};

/** Whose time it is: what these functions need of a virtual process. */
export interface Owner {
  /** Does the work so much later, and answers how to call it off. */
  after(milliseconds: number, work: () => void): () => void;
  clock(): number;
  uptime(): number;
}

/** The virtual process whose code runs now; there is none outside of a simulation. */
export const running: AsyncLocalStorage<Owner> = new Storage();

/** Lets everything happen that needs no timer. */
export const microtasksDone = (): Promise<void> => new Promise((resolve) => real.setImmediate(resolve));

/** A timer of virtual time, as Node's look to who only holds or clears them. */
class VirtualTimer {
  constructor(public cancel: () => void) {}

  ref = (): this => this;
  unref = (): this => this;
  hasRef = (): boolean => true;
}

type Callback = (...args: unknown[]) => void;

function virtualTimeout(owner: Owner, callback: Callback, milliseconds: number): VirtualTimer {
  return new VirtualTimer(owner.after(milliseconds, () => running.run(owner, callback)));
}

function virtualInterval(owner: Owner, callback: Callback, milliseconds: number): VirtualTimer {
  const again = () => {
    timer.cancel = owner.after(milliseconds, tick);
  };
  const tick = () => {
    again();
    running.run(owner, callback);
  };
  const timer = new VirtualTimer(() => {});
  again();
  return timer;
}

/** One for all: making one with its trace took longer than the rest of a step. */
const abortion = new DOMException('The operation was aborted', 'AbortError');

function virtualSleep<Value>(
  owner: Owner,
  milliseconds: number,
  value: Value,
  signal: AbortSignal | undefined,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const aborted = () => {
      cancel();
      reject(abortion);
    };
    const cancel = owner.after(milliseconds, () => {
      signal?.removeEventListener('abort', aborted);
      resolve(value);
    });
    if (signal?.aborted === true) aborted();
    else signal?.addEventListener('abort', aborted, { once: true });
  });
}

/** Node keeps one with listeners for ever unless it is aborted, and with it all that a killed process held. */
function anyOf(signals: readonly AbortSignal[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) controller.abort(signal.reason);
    else signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}

/**
 * From here on, time and timers of code that runs in a virtual process are those of the process; all other code has the
 * real ones. So the services run as they are, and none of them knows.
 */
Object.assign(globalThis, {
  setTimeout: Object.assign((callback: Callback, milliseconds = 0, ...args: unknown[]) => {
    const owner = running.getStore();
    if (owner === undefined) return real.setTimeout(callback, milliseconds, ...args);
    return virtualTimeout(owner, () => callback(...args), milliseconds);
  }, real.setTimeout),
  setInterval: (callback: Callback, milliseconds = 0, ...args: unknown[]) => {
    const owner = running.getStore();
    if (owner === undefined) return real.setInterval(callback, milliseconds, ...args);
    return virtualInterval(owner, () => callback(...args), milliseconds);
  },
  setImmediate: (callback: Callback, ...args: unknown[]) => {
    const owner = running.getStore();
    if (owner === undefined) return real.setImmediate(callback, ...args);
    return virtualTimeout(owner, () => callback(...args), 0);
  },
  clearTimeout: clear,
  clearInterval: clear,
});
AbortSignal.any = (signals) => (running.getStore() === undefined ? real.anyOf(signals) : anyOf(signals));
Date.now = () => running.getStore()?.clock() ?? real.now();
performance.now = () => running.getStore()?.uptime() ?? real.performanceNow();
timers.setTimeout = ((milliseconds = 0, value?: unknown, options: { readonly signal?: AbortSignal } = {}) => {
  const owner = running.getStore();
  if (owner === undefined) return real.sleep(milliseconds, value, options);
  return virtualSleep(owner, milliseconds, value, options.signal);
}) as typeof timers.setTimeout;
process.getBuiltinModule('node:module').syncBuiltinESMExports();

function clear(timer: unknown): void {
  if (timer instanceof VirtualTimer) timer.cancel();
  else real.clear(timer);
}

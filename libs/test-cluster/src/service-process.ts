import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort, guardChild } from '@lead-rotator/local-server';
import { program, programFlags } from './run-command.ts';

const startMilliseconds = 60_000;

/** How what it says when it listens ends. */
const lastOfGreeting = 'Stop:        ctrl-c';

/**
 * One process of the product as operators start it (`lead-rotator serve …`), on a port of its own. It is killed when
 * this process ends without having ended it.
 */
export class ServiceProcess {
  readonly services: readonly string[];
  readonly url: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;
  #output = '';
  #hasGreeted = false;

  private constructor(services: readonly string[], port: number, environment: NodeJS.ProcessEnv) {
    this.services = services;
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = { ...process.env, ...environment, HOST: '127.0.0.1', PORT: String(port) };
  }

  /** Starts it, and resolves when it says that it is ready. */
  static async start(services: readonly string[], environment: NodeJS.ProcessEnv): Promise<ServiceProcess> {
    const started = new ServiceProcess(services, await findFreePort(), environment);
    await started.start();
    return started;
  }

  /** What it has printed so far, at most the last 200,000 characters. */
  get output(): string {
    return this.#output;
  }

  /** The admin key that it has printed, if it was the first to start on its database. */
  get key(): string | undefined {
    return /\blr_[\w-]{43}/.exec(this.#output)?.[0];
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts it and resolves when it is ready, and has said where it listens and with which key. @throws when it ends before, or is not within a minute. */
  async start(): Promise<void> {
    this.launch();
    const deadline = Date.now() + startMilliseconds;
    while (!(this.#hasGreeted && (await this.isReady()))) {
      if (this.hasEnded) throw new Error(`${this} ended:\n${this.#output}`);
      if (Date.now() > deadline) throw new Error(`${this} is not ready after a minute:\n${this.#output}`);
      await sleep(50);
    }
  }

  /** Starts it, ready or not. */
  launch(): void {
    const flags = process.env.LEAD_ROTATOR_NODE_OPTIONS?.split(' ').filter((flag) => flag !== '') ?? [];
    const child = spawn(process.execPath, [...programFlags, ...flags, program, 'serve', ...this.services], {
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    guardChild(child);
    this.#process = child;
    this.#hasGreeted = false;
    const before = this.#output.length;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString();
        this.#hasGreeted ||= this.#output.includes(lastOfGreeting, before);
        this.#output = this.#output.slice(-200_000);
      });
    }
  }

  /** It is not there: it was ended, or has ended by itself. */
  get hasEnded(): boolean {
    return this.#process === undefined || this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async isReady(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(2_000);
      return (await fetch(`${this.url}/health/ready`, { signal })).ok;
    } catch {
      return false;
    }
  }

  /** SIGSTOP, SIGCONT: it stands still, and goes on. */
  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Ends it and waits until it is gone: SIGTERM as operators do, SIGKILL as a power cut does. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined || this.hasEnded) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    if (signal === 'SIGTERM') child.kill('SIGCONT');
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(timer);
  }

  toString(): string {
    return `serve ${this.services.join(' ')} (${this.url})`;
  }
}

import { readFileSync } from 'node:fs';

/** Megabytes of memory that a process holds now; NaN where /proc is not there, or the process is gone. */
export function residentMegabytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** The most that each of the named processes has held since `watch`, looked at twice a second. */
export class PeakMemory {
  readonly peaks = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  private constructor(pids: ReadonlyMap<string, number>) {
    const look = () => {
      for (const [name, pid] of pids) {
        this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, residentMegabytes(pid)));
      }
    };
    look();
    this.#timer = setInterval(look, 500);
  }

  static watch(pids: ReadonlyMap<string, number>): PeakMemory {
    return new PeakMemory(pids);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export const formatMemory = (memory: ReadonlyMap<string, number>): string =>
  [...memory].map(([name, megabytes]) => `${name} ${megabytes.toFixed(0)} MB`).join(', ');

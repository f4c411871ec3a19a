import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc/<pid>/stat are hundredths of a second on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU seconds that a process and those it started have used since they began; 0 where /proc is not there. */
export function cpuSeconds(pid: number, except: ReadonlySet<number> = new Set()): number {
  const all = processes();
  const sum = (one: number): number =>
    all.reduce((total, { pid: child, parent, seconds }) => {
      if (child === one) return total + seconds;
      return parent === one && !except.has(child) ? total + sum(child) : total;
    }, 0);
  return sum(pid);
}

function processes() {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      // The command in brackets may hold spaces: fields are counted from behind it.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = [11, 12, 13, 14].reduce((total, field) => total + Number(fields[field]), 0);
      return [{ pid: Number(name), parent: Number(fields[1]), seconds: ticks / ticksPerSecond }];
    } catch {
      return [];
    }
  });
}

/** What each of the named processes has used between two calls. */
export class CpuShares {
  readonly #pids: ReadonlyMap<string, number>;
  readonly #before = new Map<string, number>();

  constructor(pids: ReadonlyMap<string, number>) {
    this.#pids = pids;
    for (const [name, pid] of pids) this.#before.set(name, this.#seconds(pid));
  }

  /** A line per process: microseconds of CPU for each of so many leads. */
  perLead(leads: number): string[] {
    return Array.from(this.#pids, ([name, pid]) => {
      const seconds = this.#seconds(pid) - (this.#before.get(name) ?? 0);
      return `  ${name.padEnd(28)} ${((seconds * 1e6) / leads).toFixed(1).padStart(7)} µs/lead`;
    });
  }

  /** Without those of its children that have a line of their own. */
  #seconds(pid: number): number {
    return cpuSeconds(pid, new Set([...this.#pids.values()].filter((other) => other !== pid)));
  }
}

import { parseArgs } from 'node:util';
import { checkFlow } from './flow/check-flow.ts';
import { formatLatency } from './flow/latency.ts';
import { beginLoad } from './load/begin-load.ts';
import { formatMemory, residentMegabytes } from './load/memory.ts';

/** `npm run bench soak -- [--minutes 30] [--rate 2000]`: an even load, by default half the top rate; a line a minute. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string' } },
  });
  const { cluster, arrivals, leads, top } = await beginLoad();
  try {
    const rate = Number(values.rate ?? Math.floor(top / 2));
    console.log(`${rate} leads/s for ${values.minutes} minutes`);
    for (let minute = 1; minute <= Number(values.minutes); minute += 1) {
      const latency = await leads.arrived(await leads.send(rate, 60));
      const memory = new Map([...cluster.pids()].map(([name, pid]) => [name, residentMegabytes(pid)]));
      console.log(`minute ${minute}: ${formatLatency(latency)}; ${formatMemory(memory)}`);
    }
    await arrivals.stop();
    return await checkFlow(cluster);
  } finally {
    await cluster.stop();
  }
}

import { parseArgs } from 'node:util';
import { checkFlow } from './flow/check-flow.ts';
import { formatLatency } from './flow/latency.ts';
import { beginLoad } from './load/begin-load.ts';
import { formatMemory, PeakMemory } from './load/memory.ts';

const probeRate = 50;
const probeSeconds = 2;
/** Latency is back to normal when it is at most so many times what it was before. */
const normal = 2;

/**
 * `npm run bench overload -- [--seconds 60]`: twice the top rate for so long, then next to nothing, until leads are as
 * quick as they were before. What the broker has taken in and nobody has decided has to be worked off first: at the top
 * rate that takes as long as the overload did.
 */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...options], options: { seconds: { type: 'string', default: '60' } } });
  const seconds = Number(values.seconds);
  const { cluster, arrivals, leads, top } = await beginLoad();
  try {
    const probe = async () => leads.arrived(await leads.send(probeRate, probeSeconds));
    await probe();
    const before = await probe();
    console.log(`before, at ${probeRate} leads/s: ${formatLatency(before)}`);

    const memory = PeakMemory.watch(cluster.pids());
    const flood = await leads.send(2 * top, seconds);
    const ended = performance.now();
    console.log(`overload: ${(flood.size / seconds).toFixed(0)} leads/s for ${seconds} s`);
    const overload = await leads.arrived(flood);
    console.log(`  ${formatLatency(overload)}; the last had its owner ${since(ended)} s after the end`);
    let latency = await probe();
    while (latency.p50 > normal * before.p50) latency = await probe();
    console.log(`after, at ${probeRate} leads/s: ${formatLatency(latency)}, ${since(ended)} s after the end`);
    memory.stop();
    console.log(`most memory: ${formatMemory(memory.peaks)}`);

    await arrivals.stop();
    return await checkFlow(cluster);
  } finally {
    await cluster.stop();
  }
}

const since = (began: number): string => ((performance.now() - began) / 1_000).toFixed(1);

import { LeadBusStrategy } from '@lead-rotator/event-bus';
import { unreachable } from '@lead-rotator/event-sourcing';
import type { Copy } from '../copies/copy.ts';
import { noWireFaults } from '../network/network.ts';
import type { World } from '../world.ts';
import type { DrawnFault, FaultPlan } from './draw-faults.ts';

const groups = ['intake', 'router', 'sla'].map((name) => LeadBusStrategy.groupId(name));

/** Plans what is to happen. What is down or stands still at the end comes back in its time. */
export function injectFaults(world: World, { wires, faults, end }: FaultPlan): void {
  world.network.faults = wires;
  for (const fault of faults) world.time.after(fault.at, () => inject(world, fault));
  world.time.after(end, () => heal(world));
}

function inject(world: World, { kind, lasts, which, skew }: DrawnFault): void {
  const copy = world.copies[which % world.copies.length] as Copy<unknown>;
  const group = groups[which % groups.length] as string;
  const tell = (of: string) => world.onFault(world.time.now, `${kind}: ${of}`);
  const after = (work: () => void) => world.time.after(lasts, work);
  switch (kind) {
    case 'process-killed':
      world.kill(copy);
      return;
    case 'process-stopped':
      tell(`${copy.name}, ${lasts} ms`);
      copy.stop();
      after(() => copy.goOn());
      return;
    case 'postgres-down':
    case 'kafka-down': {
      const server = kind === 'kafka-down' ? world.kafka : world.postgres;
      tell(`${lasts} ms`);
      server.goDown();
      after(() => server.comeUp());
      return;
    }
    case 'partitions-dealt-out':
      tell(group);
      world.broker.group(group).rebalance();
      return;
    case 'clock-set':
      tell(`${copy.name}, ${skew} ms`);
      if (copy.process !== undefined) copy.process.skew = skew;
      return;
    default:
      unreachable(kind);
  }
}

function heal(world: World): void {
  world.network.faults = noWireFaults;
  for (const { process } of world.copies) if (process !== undefined) process.skew = 0;
}

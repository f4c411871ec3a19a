import { LeadBusStrategy } from '@lead-rotator/event-bus';
import { noWireFaults } from '../network/network.ts';
import type { World } from '../world.ts';
import type { DrawnFault, FaultPlan } from './draw-faults.ts';

const groups = ['intake', 'router', 'sla'].map((name) => LeadBusStrategy.groupId(name));

/** Plans what is to happen; at its end everything is whole again. */
export function injectFaults(world: World, { wires, faults, end }: FaultPlan): void {
  world.network.faults = wires;
  for (const fault of faults) world.time.after(fault.at, () => inject(world, fault));
  world.time.after(end, () => heal(world));
}

function inject(world: World, { kind, lasts, which, skew }: DrawnFault): void {
  const copy = world.copies[which % world.copies.length];
  const after = (work: () => void) => world.time.after(lasts, work);
  switch (kind) {
    case 'process-killed':
      if (copy !== undefined) world.kill(copy);
      return;
    case 'process-stopped':
      copy?.stop();
      after(() => copy?.goOn());
      return;
    case 'postgres-down':
      world.postgres.goDown();
      after(() => world.postgres.comeUp());
      return;
    case 'kafka-down':
      world.kafka.goDown();
      after(() => world.kafka.comeUp());
      return;
    case 'partitions-dealt-out':
      world.broker.group(groups[which % groups.length] as string).rebalance();
      return;
    case 'clock-set':
      if (copy?.process !== undefined) copy.process.skew = skew;
      return;
  }
}

function heal(world: World): void {
  world.network.faults = noWireFaults;
  world.postgres.comeUp();
  world.kafka.comeUp();
  for (const copy of world.copies) {
    copy.goOn();
    if (copy.process !== undefined) copy.process.skew = 0;
  }
}

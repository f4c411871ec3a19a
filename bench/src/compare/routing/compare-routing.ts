import { setUpTeam, TestCluster } from '@lead-rotator/test-cluster';
import { withDatabaseOn } from '../../bench-database.ts';
import { flowTeam } from '../../flow/flow-team.ts';
import { describeMachine } from '../../machine.ts';
import { type Comparison, counts, type Row, ratesInTurns, shown, times } from '../comparison.ts';
import type { PairSettings } from '../pair/pair-settings.ts';
import { measureInTurns, type RoutingPlan } from './measure-routing.ts';
import { withPair } from './pair.ts';
import { product, productProcesses } from './product.ts';
import type { Findings, RoutingFigures, RoutingSystem } from './routing-system.ts';

/** What may be chosen of the pair. */
export type PairVariant = Pick<PairSettings, 'looksFirst' | 'partitionsAtOnce'>;

/**
 * The same leads through the product and through the plain pair, in turns, on one broker and one database server: one
 * rotation of twenty members with a claim window of a day.
 */
export async function compareRouting(plan: RoutingPlan, variant: PairVariant): Promise<Comparison> {
  const environment = { NODE_ENV: 'production' };
  const cluster = await TestCluster.start({ kafka: true, processes: productProcesses, environment });
  try {
    console.log(await describeMachine(cluster.databaseUrl));
    await setUpTeam(cluster.handler, flowTeam);
    const [ours, theirs] = await withDatabaseOn(cluster.databaseUrl, (databaseUrl) => {
      const brokers = cluster.broker?.brokers ?? [];
      const pair = { databaseUrl, brokers, prefix: 'pair', members: flowTeam.members, ...variant };
      const measure = (system: RoutingSystem) => measureInTurns([product(cluster), system], cluster.bus, plan);
      return withPair(pair, cluster.bus, measure);
    });
    const faults = [ours.found, ours.foundAfterKill].map(listed).filter((found) => found !== 'nothing');
    return { ours: 'Lead Rotator', theirs: 'plain pair', rows: rowsOf(ours, theirs), faults };
  } finally {
    await cluster.stop();
  }
}

function rowsOf(ours: RoutingFigures, theirs: RoutingFigures): Row[] {
  const [our, their] = [ours.latencies, theirs.latencies];
  const { kill, poison } = ours;
  return [
    ratesInTurns('leads/s, one router', ours.oneRouter, theirs.oneRouter),
    ratesInTurns('leads/s, two routers', ours.twoRouters, theirs.twoRouters),
    times('LeadCaptured → LeadAssigned at 100 leads/s, p50', our.hop.p50, their.hop.p50, 'ms'),
    times('the same, p99', our.hop.p99, their.hop.p99, 'ms'),
    times('the whole way at 100 leads/s, p50', our.way.p50, their.way.p50, 'ms'),
    times('the same, p99', our.way.p99, their.way.p99, 'ms'),
    { what: 'found by the check', ours: listed(ours.found), theirs: listed(theirs.found) },
    times(
      `silence after SIGKILL of one of two routers in ${shown(kill.leads)} leads`,
      kill.silence,
      theirs.kill.silence,
      's',
    ),
    times('from the SIGKILL to the last owner', kill.until, theirs.kill.until, 's'),
    counts('assigned again on the topic', kill.again, theirs.kill.again),
    { what: 'found by the check then', ours: listed(ours.foundAfterKill), theirs: listed(theirs.foundAfterKill) },
    counts(`of ${shown(poison.leads)} leads, held up by a poison message`, poison.heldUp, theirs.poison.heldUp),
    { what: 'until the others had their owners', ours: lasted(ours), theirs: lasted(theirs) },
  ];
}

const lasted = ({ poison }: RoutingFigures): string =>
  poison.heldUp > 0 ? `not within ${poison.until.toFixed(0)} s` : `${poison.until.toFixed(1)} s`;

function listed(findings: Findings): string {
  const found = Object.entries(findings).filter(([, count]) => count > 0);
  return found.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'nothing';
}

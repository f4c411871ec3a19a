import { leadIds, sampleLead, type TestCluster } from '@lead-rotator/test-cluster';

/** The most that one request may hold. */
const perRequest = 1_000;
const requestsAtOnce = 4;

/** Leads per second from the first request to the last owner in the log, by `POST /leads/batch` to one process with everything. */
export async function floodByHttp(cluster: TestCluster, prefix: string, count: number): Promise<number> {
  const url = `${cluster.running('intake')[0]?.url}/leads/batch`;
  const ids = leadIds(prefix, count);
  const stop = new AbortController();
  const decided = untilDecided(cluster, await cluster.log.head(), count, stop.signal);
  const began = performance.now();
  let next = 0;
  const post = async () => {
    while (next < ids.length) {
      const leads = ids.slice(next, next + perRequest).map(sampleLead);
      next += perRequest;
      const body = JSON.stringify(leads);
      const answer = await fetch(url, { method: 'POST', headers: cluster.headers, body });
      if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
    }
  };
  try {
    await Promise.all(Array.from({ length: requestsAtOnce }, post));
    await decided;
    return (count * 1_000) / (performance.now() - began);
  } finally {
    stop.abort();
  }
}

async function untilDecided(cluster: TestCluster, after: number, count: number, signal: AbortSignal): Promise<void> {
  let seen = 0;
  for await (const { events } of cluster.log.follow({ after, types: ['LeadAssigned'], limit: 5_000, signal })) {
    seen += events.length;
    if (seen >= count) return;
  }
}

import type { Service, Settings } from '@lead-rotator/service-host';

/**
 * What is said when a process is ready: where it listens, how to send the first lead, and where the API is described.
 * `firstKey`: the admin key that was made for this start; on later ones there is none to show.
 */
export function welcome(
  url: string,
  services: readonly Service[],
  { kafkaBrokers }: Pick<Settings, 'kafkaBrokers'>,
  firstKey: string | undefined,
): string {
  const names = services.map(({ name }) => name).join(', ');
  const lines = [`Lead Rotator listens at ${url} (${names})`];
  if (kafkaBrokers !== undefined) lines.push(`Kafka:       ${kafkaBrokers.join(', ')}`);
  if (services.some(({ api }) => api !== undefined)) {
    lines.push(`API:         ${url}/docs`);
    if (firstKey === undefined) lines.push('Another key: npx lead-rotator keys create --admin');
    else lines.push(`Admin key:   ${firstKey}`, '             shown this once: keep it as LEAD_ROTATOR_KEY');
  }
  if (services.some(({ name }) => name === 'intake')) {
    const lead = JSON.stringify({ source: 'website', id: 'hello', firstName: 'Robin', email: 'robin@lead.example' });
    const headers = `-H "authorization: Bearer ${firstKey ?? '$LEAD_ROTATOR_KEY'}" -H 'content-type: application/json'`;
    lines.push(`First lead:  curl -s ${url}/leads ${headers} -d '${lead}'`);
  }
  if (firstKey !== undefined) lines.push('Next:        say who gets leads, as docs/tutorial/first-hour.md shows');
  return ['', ...lines, 'Stop:        ctrl-c', ''].join('\n');
}

import type { Service } from '@lead-rotator/service-host';

/** What is said when a process is ready: where it listens, how to send the first lead, and where the API is described. */
export function welcome(url: string, services: readonly Service[]): string {
  const names = services.map(({ name }) => name).join(', ');
  const lines = [`Lead Rotator listens at ${url} (${names})`];
  if (services.some(({ api }) => api !== undefined)) lines.push(`API:         ${url}/docs`);
  if (services.some(({ name }) => name === 'intake')) {
    const lead = JSON.stringify({ source: 'website', id: 'first', firstName: 'Kim', email: 'kim@lead.example' });
    lines.push(`First lead:  curl -s ${url}/leads -H 'content-type: application/json' -d '${lead}'`);
  }
  return ['', ...lines, 'Stop:        ctrl-c', ''].join('\n');
}

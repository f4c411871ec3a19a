import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';

/** How long an owner has in the demo to claim a lead. */
const claimMilliseconds = 5_000;
const patienceMilliseconds = 60_000;

interface Lead {
  readonly ownerId: string | null;
  readonly history: readonly { readonly at: string; readonly words: string }[];
}

const people = [
  ['Kim', 'Lee'],
  ['Sam', 'Okoro'],
  ['Ada', 'Novak'],
  ['Lou', 'Marin'],
] as const;

/** The story of the product: captured, assigned in turn, one not claimed and given to the next, and why. */
export async function playDemo(api: ApiClient, say: (line: string) => void): Promise<void> {
  for (const id of ['ann', 'bob', 'eve']) {
    await api.post('/users', { id, email: `${id}@acme.example`, name: id[0]?.toUpperCase() + id.slice(1) });
  }
  await api.post('/rotations', { id: 'web', name: 'Web leads', claim: { within: claimMilliseconds } });
  for (const user of ['ann', 'bob', 'eve']) await api.post('/rotations/web/members', { user });
  say(
    `\nRotation web: ann, bob, eve. Who gets a lead has ${claimMilliseconds / 1000} s to claim it, by a call for example.\n`,
  );

  const leads = new Map<string, string>();
  for (const [firstName, lastName] of people) {
    const email = `${firstName.toLowerCase()}@lead.example`;
    const lead = { id: `demo-${firstName}`, source: 'website', firstName, lastName, email };
    const { leadId } = await api.post<{ leadId: string }>('/leads', lead);
    const { ownerId } = await until(api, leadId, (found) => found.ownerId !== null);
    say(`${firstName} ${lastName} sent a form: goes to ${ownerId}`);
    leads.set(firstName, leadId);
  }
  say('\nThe same form again (a retry): the first answer, and no turn is used.');
  await api.post('/leads', { id: 'demo-Kim', source: 'website', firstName: 'Kim', email: 'kim@lead.example' });

  for (const [firstName, leadId] of leads) {
    const { ownerId } = await api.get<Lead>(`/leads/${leadId}`);
    if (ownerId === 'bob') continue;
    await api.post(`/leads/${leadId}/activities`, { by: ownerId, kind: 'call' });
    say(`${ownerId} calls ${firstName}, and so claims the lead`);
  }
  const forgotten = leads.get('Sam') ?? '';
  say('bob does nothing …');
  const { ownerId } = await until(api, forgotten, (found) => found.ownerId !== 'bob');
  say(`… and Sam goes to ${ownerId}`);
  await api.post(`/leads/${forgotten}/activities`, { by: ownerId, kind: 'email' });
  say(`${ownerId} writes to Sam, and so claims the lead\n`);

  say('Why did Sam go there? The lead knows:\n');
  const { history } = await api.get<Lead>(`/leads/${forgotten}`);
  for (const { at, words } of history) say(`  ${at.slice(11, 19)}  ${words}`);
}

async function until(api: ApiClient, leadId: string, holds: (lead: Lead) => boolean): Promise<Lead> {
  for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; await sleep(50)) {
    const lead = await api.get<Lead>(`/leads/${leadId}`);
    if (holds(lead)) return lead;
  }
  throw new Error(`lead ${leadId} is not where it should be after ${patienceMilliseconds / 1000} s`);
}

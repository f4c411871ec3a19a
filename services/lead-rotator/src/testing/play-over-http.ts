import { eventually } from '@lead-rotator/eventually';
import type { RotationSettings } from '@lead-rotator/lead-events';
import { refusedOutcomes, type Scenario } from '@lead-rotator/scenario';
import type { Answer, Office } from './office.ts';

type Happening = Scenario['steps'][number]['happening'];
type Request = readonly [method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object];

/** What a scenario comes to over HTTP, in the words of its `expect`. */
export interface PlayedOverHttp {
  readonly owners: Readonly<Record<string, string | null>>;
  readonly history: Readonly<Record<string, readonly string[]>>;
  readonly claimed: readonly string[];
  readonly sent: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly next: Readonly<Record<string, string | null>>;
  /** Steps that were answered otherwise than the file says. */
  readonly surprises: readonly string[];
}

/**
 * Plays a scenario against running services, as fast as they answer: times in it are left out, so it suits scenarios in
 * which nothing hangs on the clock. Every lead is decided before the next step.
 */
export async function playOverHttp(office: Office, scenario: Scenario): Promise<PlayedOverHttp> {
  await setUpOverHttp(office, scenario);
  const ids = new Map<string, string>();
  const surprises: string[] = [];
  for (const { happening, path, refused } of scenario.steps) {
    const { code, answer } = await stepOverHttp(office, ids, happening);
    if (code !== refused) surprises.push(`${path}: ${JSON.stringify(answer)}`);
  }
  return { ...(await leadsNow(office, ids)), ...(await rotationsNow(office, scenario)), surprises };
}

/** Users, rotations and rules as the file has them. */
export async function setUpOverHttp(office: Office, scenario: Scenario): Promise<void> {
  for (const request of setUp(scenario)) await succeed(office, request);
}

/**
 * Does what a step says; `ids`: of the leads taken in so far, by the ids that the file gives them. The code is that of the
 * refusal, or of what became of an act that is not what its user hoped for, as scenario files have it.
 */
export async function stepOverHttp(
  office: Office,
  ids: Map<string, string>,
  happening: Happening,
): Promise<{ code?: string | undefined; answer?: Answer }> {
  if ('lead' in happening) {
    ids.set(happening.lead.id, await takeIn(office, happening.lead));
    return {};
  }
  if ('pickUp' in happening) await queuesShow(office, [...ids.values()]);
  const answer = await send(office, requestOf(happening, ids));
  const { code, reason } = answer.body as { code?: string; reason?: string };
  if (answer.status >= 300) return { code, answer };
  return { code: 'act' in happening && refusedOutcomes.includes(reason ?? '') ? reason : undefined, answer };
}

function* setUp({
  organization,
  users,
  territories,
  calendars,
  rotations,
  pages,
  rules,
}: Scenario): Generator<Request> {
  const { timeZone, country, existingContact, preassigned } = organization;
  yield ['PATCH', '/organization', { timeZone: timeZone ?? 'UTC', country, existingContact, preassigned }];
  for (const [id, calendar] of Object.entries(calendars)) yield ['PUT', `/calendars/${id}`, calendar];
  for (const [id, condition] of Object.entries(territories)) yield ['PUT', `/territories/${id}`, { condition }];
  for (const { user, active, switchedOn } of users) {
    const { userId, ...profile } = user;
    yield ['POST', '/users', { id: userId, ...profile }];
    if (!switchedOn) yield ['PATCH', `/users/${userId}`, { switchedOn }];
    if (!active) yield ['POST', `/users/${userId}/deactivate`, {}];
  }
  for (const { id, on, members } of rotations) {
    const enrolled = members.map(({ settings: own, ...member }) => ({ ...member, ...own }));
    yield ['POST', '/rotations', { id, name: id, on, members: enrolled }];
  }
  // They may refer to one another.
  for (const { id, settings } of rotations) {
    if (Object.keys(settings).length > 0) yield ['PATCH', `/rotations/${id}`, inWords(settings)];
  }
  for (const { id, owner, rotation } of pages) yield ['PUT', `/pages/${id}`, { ownerId: owner, rotationId: rotation }];
  if (rules === undefined) return;
  yield ['PUT', '/rules/draft', { rules }];
  yield ['POST', '/rules/publish', {}];
}

/** Settings as a request has them, where an offer's fallbacks are called `then`. */
function inWords(settings: Pick<RotationSettings, 'strategy'>): object {
  const { strategy } = settings;
  if (strategy?.type !== 'first-to-claim') return settings;
  const { otherwise, ...offers } = strategy;
  return { ...settings, strategy: Object.fromEntries([...Object.entries(offers), ['then', otherwise ?? []]]) };
}

async function takeIn(office: Office, lead: { readonly id: string; readonly source?: string }): Promise<string> {
  const { source = 'scenario', id, ...more } = lead;
  const leadId = await office.lead(source, id, more);
  await eventually(async () => {
    const { state } = (await office.get(`/leads/${leadId}`)).body;
    if (state === 'undecided') throw new Error(`${id} is not decided`);
  });
  return leadId;
}

function requestOf(happening: Happening, ids: ReadonlyMap<string, string>): Request {
  const lead = (id: string | undefined) => `/leads/${ids.get(id ?? '') ?? id}`;
  if ('act' in happening) {
    const { lead: id, ...act } = happening.act;
    return ['POST', `${lead(id)}/activities`, act];
  }
  if ('decline' in happening) return ['POST', `${lead(happening.decline.lead)}/decline`, { by: happening.decline.by }];
  if ('transfer' in happening) {
    const { lead: id, ...transfer } = happening.transfer;
    return ['POST', `${lead(id)}/hand-over`, transfer];
  }
  if ('pickUp' in happening) {
    const { lead: id, queue, by } = happening.pickUp;
    return ['POST', queue === undefined ? `${lead(id)}/pick-up` : `/rotations/${queue}/pick-up`, { by }];
  }
  if ('reroute' in happening) return ['POST', `${lead(happening.reroute.lead)}/reroute`, {}];
  if ('outcome' in happening) return ['POST', `${lead(happening.outcome.lead)}/outcome`, { is: happening.outcome.is }];
  if ('add' in happening) {
    const { rotation, settings, ...member } = happening.add;
    return ['POST', `/rotations/${rotation}/members`, { ...member, ...settings }];
  }
  if ('remove' in happening)
    return ['DELETE', `/rotations/${happening.remove.rotation}/members/${happening.remove.user}`];
  for (const kind of ['pause', 'resume'] as const) {
    const member = (happening as { [Kind in typeof kind]?: { rotation: string; user: string } })[kind];
    if (member !== undefined) return ['POST', `/rotations/${member.rotation}/members/${member.user}/${kind}`, {}];
  }
  if ('status' in happening) return ['POST', `${lead(happening.status.lead)}/status`, { is: happening.status.is }];
  if ('credit' in happening) {
    const { rotation, user, by } = happening.credit;
    return ['POST', `/rotations/${rotation}/members/${user}/credit`, { by }];
  }
  if ('change' in happening) {
    const { rotation, settings } = happening.change;
    return ['PATCH', `/rotations/${rotation}`, inWords(settings)];
  }
  if ('activate' in happening) return ['POST', `/users/${happening.activate.user}/activate`, {}];
  if ('deactivate' in happening) return ['POST', `/users/${happening.deactivate.user}/deactivate`, {}];
  if ('move' in happening) {
    const { rotation, user, at } = happening.move;
    return ['POST', `/rotations/${rotation}/members/${user}/move`, { place: at }];
  }
  if ('switch' in happening) {
    const { rotation, user, on } = happening.switch;
    if (user !== undefined) return ['PATCH', `/users/${user}`, { switchedOn: on }];
    return ['POST', `/rotations/${rotation}/switch-${on ? 'on' : 'off'}`, {}];
  }
  throw new Error(`is not played over HTTP: ${JSON.stringify(happening)}`);
}

const send = (office: Office, [method, path, body]: Request): Promise<Answer> => office.send(method, path, body);

/** Queues are looked through by a table that follows the log: waits until it shows all of these leads that wait. */
async function queuesShow(office: Office, leadIds: readonly string[]): Promise<void> {
  await eventually(async () => {
    const { leads } = (await office.get('/leads/unassigned')).body as { leads: readonly { id: string }[] };
    for (const leadId of leadIds.filter((one) => leads.every(({ id }) => id !== one))) {
      const { ownerId, state } = (await office.get(`/leads/${leadId}`)).body;
      if (ownerId === null && state !== 'won' && state !== 'lost') throw new Error(`${leadId} is not shown yet`);
    }
  });
}

async function succeed(office: Office, request: Request): Promise<void> {
  const { status, body } = await send(office, request);
  if (status >= 300) throw new Error(`${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`);
}

async function leadsNow(office: Office, ids: ReadonlyMap<string, string>) {
  const owners: Record<string, string | null> = {};
  const history: Record<string, readonly string[]> = {};
  const claimed: string[] = [];
  for (const [id, leadId] of ids) {
    const { body } = await office.get(`/leads/${leadId}`);
    owners[id] = body.ownerId as string | null;
    history[id] = body.owners as readonly string[];
    if (body.state === 'claimed') claimed.push(id);
  }
  return { owners, history, claimed };
}

/** Who is next in each rotation, and how many leads its members were sent. */
export async function rotationsNow(office: Office, { rotations }: Scenario) {
  const sent: Record<string, Record<string, number>> = {};
  const next: Record<string, string | null> = {};
  for (const { id } of rotations) {
    const { body } = await office.get(`/rotations/${id}`);
    const members = body.members as readonly { userId: string; leadsSent: number }[];
    sent[id] = Object.fromEntries(members.map(({ userId, leadsSent }) => [userId, leadsSent]));
    next[id] = body.next as string | null;
  }
  return { sent, next };
}

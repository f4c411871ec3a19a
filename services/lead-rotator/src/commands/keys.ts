import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { configurationTag, type EventOfType } from '@lead-rotator/lead-events';
import { ApiKeys, type KeyOwner, type ListedKey } from '@lead-rotator/service-host';
import { type Command, Option } from 'commander';
import { withOperatorTools } from '../open-for-operator.ts';

interface CreateOptions {
  readonly admin?: true;
  readonly user?: string;
  readonly source?: string;
  readonly organization: string;
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('the keys with which the HTTP API is called');
  keys
    .command('create')
    .description('make a key and print it; it is shown this once, since only its hash is kept')
    .addOption(new Option('--admin', 'may do everything, and speak for every user').conflicts(['user', 'source']))
    .addOption(new Option('--user <id>', 'may do what this user may').conflicts(['admin', 'source']))
    .addOption(new Option('--source <name>', 'may send leads of this source, and nothing else').conflicts('user'))
    .option('--organization <id>', 'whose data it is for', defaultOrganization)
    .action(create);
  keys.command('list').description('all keys: id, for whom, since when, and whether it is revoked').action(list);
  keys.command('revoke').description('end a key, within five seconds').argument('<id>', 'as listed').action(revoke);
}

async function create({ organization, ...options }: CreateOptions): Promise<void> {
  const owner = ownerOf(options);
  const organizationId = organization as OrganizationId;
  const { key } = await withOperatorTools('keys', async ({ pool, log }) => {
    if (owner.kind === 'user') await requireUser(log, organizationId, owner.subject);
    return new ApiKeys(pool).create(organizationId, owner);
  });
  console.log(key);
}

/** A slip would make a key that can do nothing, and nobody would know why. */
async function requireUser(log: EventLog, organizationId: OrganizationId, userId: string): Promise<void> {
  const types = ['UserRegistered'];
  const registered = await log.readByTags({ organizationId, tags: [configurationTag], types });
  const isKnown = registered.some(({ data }) => (data as EventOfType<'UserRegistered'>['data']).userId === userId);
  if (!isKnown) throw new Error(`there is no user ${userId}; users are named by their id`);
}

function ownerOf({ admin, user, source }: Omit<CreateOptions, 'organization'>): KeyOwner {
  if (admin) return { kind: 'admin' };
  if (user !== undefined) return { kind: 'user', subject: user };
  if (source?.trim() === '') throw new Error('--source is empty: name the source as it stands in its leads');
  if (source !== undefined) return { kind: 'source', subject: source };
  throw new Error('for whom? --admin, --user or --source');
}

async function list(): Promise<void> {
  for (const key of await withKeys((keys) => keys.list())) console.log(lineOf(key));
}

function lineOf({ caller, createdAt, revokedAt }: ListedKey): string {
  const owner = caller.kind === 'admin' ? caller.kind : `${caller.kind} ${caller.subject}`;
  const end = revokedAt === null ? '' : `, revoked ${revokedAt.toISOString()}`;
  return `${caller.keyId}  ${caller.organizationId}  ${owner}  since ${createdAt.toISOString()}${end}`;
}

async function revoke(id: string): Promise<void> {
  if (!(await withKeys((keys) => keys.revoke(id))))
    throw new Error(`there is no key ${id}: see lead-rotator keys list`);
}

const withKeys = <Result>(work: (keys: ApiKeys) => Promise<Result>): Promise<Result> =>
  withOperatorTools('keys', ({ pool }) => work(new ApiKeys(pool)));

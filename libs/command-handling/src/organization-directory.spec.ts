import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEvent, toNewEvent, type UserId } from '@lead-rotator/lead-events';
import { OrganizationDirectory } from './organization-directory.ts';

const ann = 'ann' as UserId;
const at = '2026-01-05T09:00:00Z';
const registered = (userId: UserId) => ({
  type: 'UserRegistered',
  data: { userId, email: `${userId}@acme.example`, at },
});
const deactivated = { type: 'UserDeactivated', data: { userId: ann, at } };
const activated = { type: 'UserActivated', data: { userId: ann, at } };
const settings = (changes: object) => ({ type: 'OrganizationSettingsChanged', data: { ...changes, at } });

async function append(log: InMemoryEventLog, event: object, organizationId = defaultOrganization): Promise<void> {
  const context = { organizationId, actor: 'service:spec', cause: 'request:1' } as const;
  await log.append({
    id: `unit ${await log.head()}`,
    events: [toNewEvent(event as LeadRotatorEvent, context)],
    guards: [],
  });
}

describe('the directory of an organization', () => {
  it('tells what stands in the log when it is asked, and later what has come since', async () => {
    const log = new InMemoryEventLog();
    const directory = new OrganizationDirectory(log);
    expect(await directory.find(defaultOrganization)).toMatchObject({ users: new Map() });
    await append(log, registered(ann));
    await append(log, settings({ timeZone: 'Europe/Berlin', country: 'DE' }));
    const facts = await directory.find(defaultOrganization);
    expect(facts).toMatchObject({ timeZone: 'Europe/Berlin', country: 'DE' });
    expect(facts.users.get(ann)).toMatchObject({ email: 'ann@acme.example', active: true });
    await append(log, deactivated);
    await append(log, settings({ country: 'AT' }));
    const later = await directory.find(defaultOrganization);
    expect(later).toMatchObject({ timeZone: 'Europe/Berlin', country: 'AT' });
    expect(later.users.get(ann)?.active).toBe(false);
    await append(log, activated);
    expect((await directory.find(defaultOrganization)).users.get(ann)?.active).toBe(true);
  });

  it('keeps organizations apart, also when they are asked for at once', async () => {
    const log = new InMemoryEventLog();
    const other = 'other' as OrganizationId;
    await append(log, registered(ann));
    await append(log, registered('bob' as UserId), other);
    const directory = new OrganizationDirectory(log);
    const answers = await Promise.all(
      [defaultOrganization, other, defaultOrganization].map((id) => directory.find(id)),
    );
    expect(answers.map(({ users }) => [...users.keys()])).toEqual([['ann'], ['bob'], ['ann']]);
  });

  it('reads again what it has read only after the log was replaced', async () => {
    const log = new InMemoryEventLog();
    await append(log, registered(ann));
    const asked: number[] = [];
    let id = 'one';
    const watched = new Proxy(log, {
      get: (target, name) => {
        if (name === 'id') return async () => id;
        if (name !== 'readByTags') return Reflect.get(target, name).bind(target);
        return (selection: Parameters<InMemoryEventLog['readByTags']>[0]) => {
          asked.push(selection.after ?? 0);
          return target.readByTags(selection);
        };
      },
    });
    const directory = new OrganizationDirectory(watched);
    await directory.find(defaultOrganization);
    await append(log, settings({ country: 'DE' }));
    await directory.find(defaultOrganization);
    id = 'two';
    expect((await directory.find(defaultOrganization)).users.has(ann)).toBe(true);
    expect(asked).toEqual([0, 1, 0]);
  });

  describe('at an event that a newer program wrote', () => {
    async function withNewerEvent(): Promise<OrganizationDirectory> {
      const log = new InMemoryEventLog();
      await append(log, registered(ann));
      const context = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:1' } as const;
      const event = toNewEvent(deactivated as LeadRotatorEvent, context);
      await log.append({ id: 'newer', events: [{ ...event, version: 99 }], guards: [] });
      return new OrganizationDirectory(log);
    }

    it('says nothing rather than half the truth', async () => {
      const directory = await withNewerEvent();
      await expect(directory.find(defaultOrganization)).rejects.toThrow('UserDeactivated');
      await expect(directory.find(defaultOrganization)).rejects.toThrow('UserDeactivated');
    });

    it('tells of the other organizations, asked for at once, what there is', async () => {
      const directory = await withNewerEvent();
      const [one, another] = ['one', 'another'] as OrganizationId[] as [OrganizationId, OrganizationId];
      const looks = [one, defaultOrganization, another, defaultOrganization].map((id) => directory.find(id));
      const statuses = (await Promise.allSettled(looks)).map(({ status }) => status);
      expect(statuses).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    });
  });
});

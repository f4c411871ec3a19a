import { describe, expect, it } from '@jest/globals';
import type {
  LeadId,
  LeadRotatorEvent,
  MemberSettings,
  RotationId,
  RotationSettings,
  UserId,
} from '@lead-rotator/lead-events';
import {
  addMember,
  changeMember,
  moveMember,
  pauseMember,
  removeMember,
  resumeMember,
} from './commands/change-members.ts';
import { createRotation } from './commands/change-rotations.ts';
import { deactivateUser, registerUser } from './commands/change-users.ts';
import { Distribution, forkDistribution } from './distribution.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import { nextInLine, takeTurn } from './take-turn.ts';

const web = 'web' as RotationId;
const at = Date.parse('2026-01-05T09:00:00Z');
const user = (id: string) => id as UserId;

/** A rotation in which one can add, remove and serve in words. */
class World {
  readonly distribution = new Distribution();
  readonly events: LeadRotatorEvent[] = [];

  constructor(users: string[], members: string[], settings: RotationSettings = {}) {
    for (const id of users)
      this.run(registerUser(this.distribution, { userId: user(id), email: `${id}@example.com` }, at));
    this.run(createRotation(this.distribution, { rotationId: web, name: 'Web', settings }, at));
    for (const id of members) this.add(id);
  }

  run(result: ReturnType<typeof addMember>): void {
    if (!Array.isArray(result)) throw new Error(JSON.stringify(result));
    for (const event of result as LeadRotatorEvent[]) this.apply(event);
  }

  apply(event: LeadRotatorEvent): void {
    this.events.push(JSON.parse(JSON.stringify(event)));
    evolveDistribution(this.distribution, event);
  }

  add(id: string, place?: number, settings?: MemberSettings): void {
    const more = { ...(place === undefined ? {} : { place }), ...(settings === undefined ? {} : { settings }) };
    this.run(addMember(this.distribution, { rotationId: web, user: id, ...more }, at));
  }

  serve(count = 1, had: string[] = [], distribution = this.distribution): string[] {
    return Array.from({ length: count }, () => {
      const rotation = distribution.rotations.get(web);
      if (rotation === undefined) throw new Error('no rotation');
      const facts = { leadId: 'L' as LeadId, source: 'web', status: 'new', receivedAt: at };
      const taken = takeTurn(distribution, rotation, { facts, declined: [], had: had.map(user) }, at);
      if (taken.userId === undefined) return 'nobody';
      const event: LeadRotatorEvent = {
        type: 'LeadAssigned',
        data: {
          leadId: 'L' as LeadId,
          contactIds: [],
          ownerId: taken.userId,
          rotationId: web,
          turn: taken.turn,
          why: { step: 'rules', reason: 'turn' },
          at: new Date(at).toISOString(),
        },
      };
      if (distribution === this.distribution) this.apply(event);
      else evolveDistribution(distribution, event);
      return taken.userId;
    });
  }

  get next(): string | undefined {
    return nextInLine(this.distribution, web, at);
  }

  rotation() {
    const rotation = this.distribution.rotations.get(web);
    if (rotation === undefined) throw new Error('no rotation');
    return rotation;
  }
}

const everybody = ['1', '2', '3', '4', '5'];
const of = (userId: string) => ({ rotationId: web, userId: user(userId) });

describe('a rotation by round robin', () => {
  it('serves its members in list order, and then again', () => {
    expect(new World(everybody, ['1', '2', '3']).serve(7)).toEqual(['1', '2', '3', '1', '2', '3', '1']);
  });

  it('serves a member next who was added behind the one served last', () => {
    const world = new World(everybody, ['1', '2', '3']);
    world.serve(3);
    world.add('4');
    expect(world.next).toBe('4');
    expect(world.serve(4)).toEqual(['4', '1', '2', '3']);
  });

  it('puts a new member behind the one before them in the list', () => {
    const world = new World(everybody, ['1', '2', '3']);
    world.serve(1);
    world.add('4');
    world.add('5', 1);
    expect(world.serve(5)).toEqual(['2', '3', '4', '5', '1']);
  });

  it('goes on with the successor when the one served last leaves', () => {
    const world = new World(everybody, ['1', '2', '3']);
    world.serve(2);
    world.run(removeMember(world.distribution, of('2'), at));
    expect(world.next).toBe('3');
    world.add('4', 2);
    expect(world.next).toBe('4');
  });

  it('goes on with the successor when the one who is next leaves', () => {
    const world = new World(everybody, ['1', '2', '3']);
    world.serve(1);
    world.run(removeMember(world.distribution, of('2'), at));
    expect(world.serve(3)).toEqual(['3', '1', '3']);
  });

  it('forms the line anew behind the one served last when a member is moved', () => {
    const world = new World(everybody, ['1', '2', '3', '4']);
    world.serve(2);
    world.run(moveMember(world.distribution, { ...of('4'), place: 1 }, at));
    expect(world.serve(4)).toEqual(['3', '4', '1', '2']);
  });

  it('keeps what a member was sent when they leave and return', () => {
    const world = new World(everybody, ['1', '2']);
    world.serve(4);
    world.run(removeMember(world.distribution, of('2'), at));
    expect(world.rotation().sentTo(user('2'))).toBe(2);
    world.add('2');
    expect(world.rotation().sentTo(user('2'))).toBe(2);
    world.serve(1);
    expect(world.rotation().sentTo(user('2'))).toBe(3);
  });

  it('lets those who are absent lose their turn', () => {
    const world = new World(everybody, ['1', '2', '3']);
    world.run(pauseMember(world.distribution, of('1'), at));
    expect(world.serve(1)).toEqual(['2']);
    world.run(resumeMember(world.distribution, of('1'), at));
    expect(world.serve(3)).toEqual(['3', '1', '2']);
  });

  it('keeps the place of the absent once with makeUp one', () => {
    const world = new World(everybody, ['1', '2', '3'], { makeUp: 'one' });
    world.run(pauseMember(world.distribution, of('1'), at));
    expect(world.serve(3)).toEqual(['2', '3', '2']);
    world.run(resumeMember(world.distribution, of('1'), at));
    expect(world.serve(4)).toEqual(['1', '3', '2', '1']);
  });

  it('gives an extra turn for each turn lost by absence with makeUp all', () => {
    const world = new World(everybody, ['1', '2'], { makeUp: 'all' });
    world.run(pauseMember(world.distribution, of('1'), at));
    expect(world.serve(3)).toEqual(['2', '2', '2']);
    world.run(resumeMember(world.distribution, of('1'), at));
    expect(world.serve(6)).toEqual(['1', '1', '1', '1', '2', '1']);
  });

  it('keeps the place of those whom a lead does not suit', () => {
    const world = new World(everybody, ['1', '2', '3']);
    expect(world.serve(1, ['1'])).toEqual(['2']);
    expect(world.serve(3)).toEqual(['1', '3', '2']);
  });

  it('leaves the line as it is when nobody is eligible', () => {
    const world = new World(everybody, ['1', '2', '3']);
    expect(world.serve(1, ['1', '2', '3'])).toEqual(['nobody']);
    expect(world.serve(1)).toEqual(['1']);
  });

  it('never serves a deactivated user', () => {
    const world = new World(everybody, ['1', '2']);
    world.run(deactivateUser(world.distribution, user('2'), at));
    expect(world.serve(3)).toEqual(['1', '1', '1']);
  });

  it('names at most fifty of those passed over, and still moves from the event alone', () => {
    const ids = Array.from({ length: 120 }, (_, index) => `u${index}`);
    const world = new World(ids, ids);
    ids.slice(0, 80).forEach((id, index) => {
      const filter = { field: 'source', is: index % 3 === 0 ? 'none' : 'web' };
      world.run(changeMember(world.distribution, { ...of(id), settings: { filter } }, at));
      if (index % 3 === 1) world.run(pauseMember(world.distribution, of(id), at));
      if (index % 3 === 2) world.run(deactivateUser(world.distribution, user(id), at));
    });
    expect(world.serve(1)).toEqual(['u80']);
    const last = world.events.at(-1);
    expect(last?.type === 'LeadAssigned' && last.data.turn?.passedOver.length).toBe(50);
    expect(last?.type === 'LeadAssigned' && last.data.turn?.more).toBe(30);
    const kept = ids.slice(0, 80).filter((_, index) => index % 3 === 0);
    expect(
      world
        .rotation()
        .inLine()
        .slice(0, 27)
        .map(({ userId }) => userId),
    ).toEqual(kept);
  });

  it('decides on a fork without touching the original', () => {
    const world = new World(everybody, ['1', '2', '3']);
    const fork = forkDistribution(world.distribution);
    expect(world.serve(4, [], fork)).toEqual(['1', '2', '3', '1']);
    expect(world.rotation().turns).toBe(0);
    expect(world.distribution.openOf(user('1'))).toBe(0);
    expect(world.serve(2)).toEqual(['1', '2']);
  });

  it('comes to the same state from its events', () => {
    const world = new World(everybody, ['1', '2', '3'], { makeUp: 'all' });
    world.serve(4);
    world.run(pauseMember(world.distribution, of('2'), at));
    world.serve(2);
    world.add('4', 2);
    world.run(removeMember(world.distribution, of('3'), at));
    world.serve(3, ['1']);
    const again = new Distribution();
    for (const event of world.events) evolveDistribution(again, event);
    expect(again).toEqual(world.distribution);
  });

  it.each([
    ['unknown-user', { user: 'stranger@example.com' }],
    ['already-member', { user: '1@EXAMPLE.com ' }],
    ['invalid', { user: '2', place: 9 }],
  ])('refuses a member as %s', (code, add) => {
    const world = new World(everybody, ['1']);
    expect(addMember(world.distribution, { rotationId: web, ...add }, at)).toMatchObject({ code });
  });
});

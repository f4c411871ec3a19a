import { describe, expect, it } from '@jest/globals';
import { type Activity, assignLead, deciderVersion, recordActivity } from '@lead-rotator/claim';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext, isRejected, Rejection } from '@lead-rotator/event-sourcing';
import {
  type ActivityId,
  type ContactId,
  type LeadId,
  type RotationId,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';
import { addMember, createRotation, pauseMember, registerUser } from '@lead-rotator/rotation';
import type { Command, ConfigurationCommand, LeadCommand, LoggedEvent } from './command.ts';
import { CommandHandler } from './command-handler.ts';
import { distributionProjection } from './distribution-projection.ts';

const context: EventContext = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:1' };
const web = 'web' as RotationId;
const nine = Date.UTC(2026, 0, 5, 9);

const copyOn = (log: InMemoryEventLog, clock = () => nine) =>
  new CommandHandler(log, distributionProjection(log), clock);
const settings = (decide: ConfigurationCommand['decide']): Command => ({ context, decide });
const assign = (id: string, contactIds?: string[]): Command => ({
  context,
  leadId: id as LeadId,
  ...(contactIds === undefined ? {} : { contactIds: contactIds as ContactId[] }),
  decide: assignLead,
});

async function capture(
  log: InMemoryEventLog,
  id: string,
  contact: string,
  time = nine,
  traceparent?: string,
): Promise<void> {
  const at = new Date(time).toISOString();
  const captured = {
    leadId: id as LeadId,
    source: 'form',
    sourceLeadId: id,
    contactIds: [contact as ContactId],
    status: 'new',
    receivedAt: at,
    person: {},
    at,
  };
  const from = traceparent === undefined ? context : { ...context, traceparent };
  const event = toNewEvent({ type: 'LeadCaptured', data: captured }, from);
  await log.append({ id: `capture ${id}`, events: [event], guards: [] });
}

/** A rotation `web` of ann and bob, and these leads captured, each of its own contact unless told otherwise. */
async function given(...leads: (string | [id: string, contact: string])[]): Promise<InMemoryEventLog> {
  const log = new InMemoryEventLog();
  await copyOn(log).handleAll([
    ...['ann', 'bob'].map((id) =>
      settings((distribution, at) =>
        registerUser(distribution, { userId: id as UserId, email: `${id}@x.example` }, at),
      ),
    ),
  ]);
  await copyOn(log).handle(settings((d, at) => createRotation(d, { rotationId: web, name: 'Web' }, at)));
  for (const user of ['ann', 'bob']) {
    await copyOn(log).handle(settings((d, at) => addMember(d, { rotationId: web, user }, at)));
  }
  for (const lead of leads) {
    const [id, contact] = typeof lead === 'string' ? [lead, `contact of ${lead}`] : lead;
    await capture(log, id, contact);
  }
  return log;
}

async function owners(log: InMemoryEventLog): Promise<[string, string][]> {
  const { events } = await log.read({ types: ['LeadAssigned'] });
  return events.map(({ data }) => {
    const { leadId, ownerId } = data as { leadId: string; ownerId: string };
    return [leadId, ownerId];
  });
}

describe('a command handler', () => {
  it('takes the turns of a batch one after the other', async () => {
    const log = await given('1', '2', '3');
    await copyOn(log).handleAll(['1', '2', '3'].map((id) => assign(id)));
    expect(await owners(log)).toEqual([
      ['1', 'ann'],
      ['2', 'bob'],
      ['3', 'ann'],
    ]);
  });

  it('records the version of the deciders with what they decided, and not with what came in', async () => {
    const log = await given('1');
    await copyOn(log).handle(assign('1'));
    const { events } = await log.read({ types: ['LeadCaptured', 'LeadAssigned'] });
    expect(events.map(({ type, decider }) => [type, decider])).toEqual([
      ['LeadCaptured', undefined],
      ['LeadAssigned', deciderVersion],
    ]);
  });

  it('goes on with the trace that the lead came with, unless the command has one of its own', async () => {
    const log = await given('1');
    const [came, own] = ['came', 'own'].map(
      (id) => `00-${Buffer.from(id.padEnd(16)).toString('hex')}-00f067aa0ba902b7-01`,
    );
    await capture(log, '2', 'contact of 2', nine, came);
    const copy = copyOn(log);
    const act = { userId: 'bob', kind: 'note', automated: false, occurredAt: nine };
    const note = (id: string): LeadCommand => ({
      context: id === 'own' ? { ...context, traceparent: own as string } : context,
      leadId: '2' as LeadId,
      decide: (scene, at) => recordActivity(scene, { ...act, activityId: id } as Activity, at),
    });
    await copy.handleAll([assign('1'), assign('2')]);
    await copy.handle(note('later'));
    await copy.handle(note('own'));
    const { events } = await log.read({ types: ['LeadAssigned', 'LeadActivityRecorded'] });
    expect(events.map(({ traceparent }) => traceparent)).toEqual([undefined, came, came, own]);
  });

  it('decides again when another copy was faster, so that the turn is exact and no lead is given twice', async () => {
    const ids = Array.from({ length: 60 }, (_, number) => `${number}`);
    const log = await given(...ids);
    const copies = [copyOn(log), copyOn(log), copyOn(log)];
    await Promise.all(
      copies.flatMap((copy, share) => [
        copy.handleAll(ids.filter((_, number) => number % 2 === share % 2).map((id) => assign(id))),
        copy.handle(assign(`${share}`)),
      ]),
    );
    const given_ = await owners(log);
    expect(new Set(given_.map(([id]) => id)).size).toBe(60);
    expect(given_.map(([, owner]) => owner)).toEqual(given_.map((_, turn) => ['ann', 'bob'][turn % 2]));
    expect(copies.reduce((sum, copy) => sum + copy.conflicts, 0)).toBeGreaterThan(0);
  });

  it('decides again what was read ahead and has been decided since', async () => {
    const log = await given('1', '2', ['3', 'kim'], ['4', 'kim']);
    const copy = copyOn(log);
    const commands = ['1', '2', '4'].map((id) => assign(id));
    const ahead = await copy.readAhead(commands);
    await copyOn(log).handleAll([assign('1'), assign('3')]);
    const [first] = await copy.handleAll(commands, ahead);
    expect(first).toEqual([]);
    expect(await owners(log)).toEqual([
      ['1', 'ann'],
      ['3', 'bob'],
      ['2', 'ann'],
      ['4', 'bob'],
    ]);
    expect(copy.conflicts).toBeGreaterThan(0);
  });

  it('sees what a command before it in the batch came to: a known contact goes to the same owner', async () => {
    const log = await given(['1', 'kim'], ['2', 'lee'], ['3', 'kim']);
    await copyOn(log).handleAll([assign('1'), assign('2'), assign('3', ['kim'])]);
    expect(await owners(log)).toEqual([
      ['1', 'ann'],
      ['2', 'bob'],
      ['3', 'ann'],
    ]);
  });

  it('claims the leads that follow with the one they follow, though the caller knows no contacts', async () => {
    const log = await given(['1', 'kim'], ['2', 'kim']);
    await copyOn(log).handleAll([assign('1'), assign('2')]);
    const call = { kind: 'call', automated: false, occurredAt: nine, userId: 'ann' as UserId };
    const act: LeadCommand = {
      context,
      leadId: '1' as LeadId,
      decide: (scene, at) => recordActivity(scene, { ...call, activityId: 'a1' as ActivityId }, at),
    };
    await copyOn(log).handle(act);
    const { events } = await log.read({ types: ['LeadClaimed'] });
    expect(events.map(({ data }) => (data as { leadId: string }).leadId)).toEqual(['1', '2']);
  });

  it('answers nothing for a lead that is decided, a rejection for one that is unknown, and goes on with the others', async () => {
    const log = await given('1', '2');
    await copyOn(log).handle(assign('1'));
    const [again, unknown, fresh] = await copyOn(log).handleAll([assign('1'), assign('nobody'), assign('2')]);
    expect(again).toEqual([]);
    expect(unknown).toEqual(new Rejection('unknown-lead', { leadId: 'nobody' }));
    expect(fresh).toMatchObject([{ type: 'LeadAssigned', data: { ownerId: 'bob' } }]);
  });

  it('does not decide on a member who was paused in the meantime', async () => {
    const log = await given('1');
    const slow = copyOn(log);
    await slow.handle(assign('nobody'));
    await copyOn(log).handle(settings((d, at) => pauseMember(d, { rotationId: web, userId: 'ann' as UserId }, at)));
    const outcome = await slow.handle(assign('1'));
    expect(outcome).toMatchObject([
      { data: { ownerId: 'bob', turn: { passedOver: [{ userId: 'ann', reason: 'paused' }] } } },
    ]);
  });

  it('dates a decision no earlier than what has happened to the lead, though its clock may stand behind', async () => {
    const log = await given();
    await capture(log, '1', 'contact of 1', nine + 20);
    const [outcome] = await copyOn(log).handleAll([assign('1')]);
    expect((outcome as LoggedEvent[]).map(({ data }) => data)).toMatchObject([
      { at: new Date(nine + 20).toISOString() },
    ]);
  });

  it('dates a decision no earlier than what has happened to a lead that follows and moves with it', async () => {
    const log = await given(['1', 'kim'], ['2', 'kim']);
    await copyOn(log).handleAll([assign('1'), assign('2')]);
    const seen = (id: string, activityId: string, userId: string): LeadCommand => ({
      context,
      leadId: id as LeadId,
      contactIds: ['kim' as ContactId],
      decide: (scene, at) => recordActivity(scene, { ...act, activityId, userId } as Activity, at),
    });
    const act = { kind: 'call', automated: false, occurredAt: nine };
    await copyOn(log, () => nine + 20).handle(seen('2', 'of another', 'bob'));
    const claimed = (await copyOn(log).handle(seen('1', 'of the owner', 'ann'))) as LoggedEvent[];
    const at = new Date(nine + 20).toISOString();
    expect(claimed.map(({ type, data }) => [type, data])).toMatchObject([
      ['LeadActivityRecorded', { leadId: '1', at }],
      ['LeadClaimed', { leadId: '1', at }],
      ['LeadClaimed', { leadId: '2', at }],
    ]);
  });

  it('dates a decision no earlier than the newest event, though its clock may stand behind', async () => {
    const log = await given('1');
    const outcome = await copyOn(log, () => nine - 3_600_000).handle(assign('1'));
    expect(isRejected(outcome) ? [] : outcome.map(({ at }) => at)).toEqual([nine]);
  });

  it('says where each event of a decision stands in the log', async () => {
    const log = await given('1', '2');
    const head = await log.head();
    const outcomes = await copyOn(log).handleAll([assign('1'), assign('2')]);
    expect(outcomes.flat()).toMatchObject([{ position: head + 1 }, { position: head + 2 }]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { closeLead, leaveUnassignedOnFailure } from '@lead-rotator/claim';
import type { LeadCommand } from '@lead-rotator/command-handling';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import { pauseMember, removeMember, switchRotation } from '@lead-rotator/rotation';
import { createLogger } from '@lead-rotator/service-host';
import { capture, contactOf, decisions, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, start, web } from '../testing/router-copy.ts';
import { assignCapturedLead } from './assign-captured-lead.ts';
import type { CapturedLead } from './captured-lead.ts';
import { DecideLeads } from './decide-leads.handler.ts';

const clear = (leads: readonly CapturedLead[]) => leads.map((lead) => assignCapturedLead(lead, true));

async function team(...members: string[]) {
  const log = new InMemoryEventLog();
  const router = new RouterCopy(log);
  await router.setUpTeam(...members);
  return { log, router };
}

describe('captured leads', () => {
  it('go to the members of the rotation in turn, however they come in', async () => {
    const { log, router } = await team('ann', 'bob', 'eve');
    const leads = await capture(log, ...['L1', 'L2', 'L3', 'L4'].map((id) => leadCaptured(id)));
    await Promise.all([
      router.decideLeads.decide(clear(leads.slice(0, 1))),
      router.decideLeads.decide(clear(leads.slice(1))),
    ]);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to bob', 'L3 to eve', 'L4 to ann']);
  });

  it('are decided once, although their messages come again, in one batch and later', async () => {
    const { log, router } = await team('ann', 'bob');
    const leads = await capture(log, leadCaptured('L1'), leadCaptured('L2'));
    await router.decideLeads.decide(clear([...leads, ...leads]));
    const again = await router.decideLeads.decide(clear(leads));
    expect(again).toEqual([[], []]);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to bob']);
  });

  it('are decided once and in turn by two copies that have the same leads', async () => {
    const { log, router } = await team('ann', 'bob', 'eve');
    const other = new RouterCopy(log);
    const leads = await capture(log, ...Array.from({ length: 60 }, (_, index) => leadCaptured(`L${index}`)));
    await Promise.all([router.decideLeads.decide(clear(leads)), other.decideLeads.decide(clear(leads.toReversed()))]);
    const owners = (await decisions(log)).map((decision) => decision.split(' to ')[1]);
    expect(owners).toEqual(leads.map((_, turn) => ['ann', 'bob', 'eve'][turn % 3]));
  });

  it.each(['won', 'lost'] as const)('that were %s before they were decided are given to nobody', async (outcome) => {
    const { log, router } = await team('ann', 'bob');
    const leads = await capture(log, leadCaptured('L1'), leadCaptured('L2'));
    const [{ data, organizationId }] = leads as [CapturedLead];
    const close: LeadCommand = {
      context: { organizationId, actor: 'user:mia', cause: 'request:spec' },
      leadId: data.leadId,
      decide: (scene, at) => closeLead(scene, outcome, at),
    };
    await router.handler.handleAll([close]);
    expect(await router.decideLeads.decide(clear(leads))).toMatchObject([[], [{ type: 'LeadAssigned' }]]);
    expect(await decisions(log)).toEqual(['L2 to ann']);
  });

  it('carry who decided, what it answers, and the trace', async () => {
    const { log, router } = await team('ann');
    const [lead] = (await capture(log, leadCaptured('L1'))) as [CapturedLead];
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await router.decideLeads.decide(clear([{ ...lead, traceparent }]));
    const { events } = await log.read({ types: ['LeadAssigned'] });
    expect(events[0]).toMatchObject({
      actor: 'service:router',
      cause: `event:${lead.position}`,
      traceparent,
      at: start,
    });
  });

  it('of a known contact follow the other lead, also within one batch', async () => {
    const { log, router } = await team('ann', 'bob');
    const contactIds = [contactOf('kim')];
    const leads = await capture(
      log,
      leadCaptured('L1', start, { contactIds }),
      leadCaptured('L2', start, { contactIds }),
    );
    await router.decideLeads.decide(clear(leads));
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to ann']);
  });

  it('go to number one while the rotation is off, and to nobody when all are paused', async () => {
    const { log, router } = await team('ann', 'bob');
    await router.configure((distribution, at) => switchRotation(distribution, web, false, at));
    await router.decideLeads.decide(clear(await capture(log, leadCaptured('L1'))));
    await router.configure((distribution, at) => switchRotation(distribution, web, true, at));
    for (const userId of ['ann', 'bob'] as UserId[]) {
      await router.configure((distribution, at) => pauseMember(distribution, { rotationId: web, userId }, at));
    }
    await router.decideLeads.decide(clear(await capture(log, leadCaptured('L2'))));
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to nobody']);
  });

  it('go on with the successor when the last served leaves', async () => {
    const { log, router } = await team('ann', 'bob', 'eve');
    await router.decideLeads.decide(clear(await capture(log, leadCaptured('L1'))));
    const ann = { rotationId: web, userId: 'ann' as UserId };
    await router.configure((distribution, at) => removeMember(distribution, ann, at));
    await router.decideLeads.decide(clear(await capture(log, leadCaptured('L2'), leadCaptured('L3'))));
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to bob', 'L3 to eve']);
  });

  it('on which the decider fails are left unassigned with the error, the others of the batch are not', async () => {
    const { log, router } = await team('ann', 'bob');
    const [first, second, third] = (await capture(
      log,
      ...['L1', 'L2', 'L3'].map((id) => leadCaptured(id)),
    )) as CapturedLead[] & [CapturedLead, CapturedLead, CapturedLead];
    const failing: LeadCommand = {
      ...assignCapturedLead(second, true),
      decide: () => {
        throw new RangeError('no such zone');
      },
    };
    await router.decideLeads.decide([assignCapturedLead(first, true), failing, assignCapturedLead(third, true)]);
    expect(await decisions(log)).toEqual(['L1 to ann', 'L2 to nobody', 'L3 to bob']);
    const { events } = await log.read({ types: ['LeadLeftUnassigned'] });
    expect(events[0]?.data).toMatchObject({
      leadId: 'L2',
      notice: 'nobody-eligible',
      why: { step: 'failure', reason: 'error', error: 'RangeError: no such zone' },
    });
  });

  it('whose decision the log cannot hold are left unassigned, the others of the batch are not', async () => {
    const { log, router } = await team('ann', 'bob');
    const leads = await capture(log, ...['L1', 'L2', 'L3', 'L4', 'L5'].map((id) => leadCaptured(id)));
    const commands = clear(leads).map(
      ({ decide, ...command }): LeadCommand => ({
        ...command,
        decide: (scene, at) =>
          command.leadId === 'L3' ? [leaveUnassignedOnFailure(scene.lead, 'a nought: \0', at)] : decide(scene, at),
      }),
    );
    await router.decideLeads.decide(commands);
    const expected = ['L1 to ann', 'L2 to bob', 'L3 to nobody', 'L4 to ann', 'L5 to bob'];
    expect((await decisions(log)).toSorted()).toEqual(expected);
  });

  it('that are decided stay as they are when deciding them again fails, and the log of the process says why', async () => {
    const { log, router } = await team('ann', 'bob');
    const leads = await capture(log, leadCaptured('L1'));
    await router.decideLeads.decide(clear(leads));
    const lines: string[] = [];
    const logger = createLogger('error', 'spec', { write: (line) => void lines.push(line) });
    const command = assignCapturedLead(leads[0] as CapturedLead, true);
    const decide = () => {
      throw new RangeError('no such zone');
    };
    const outcomes = await new DecideLeads(router.handler, router.metrics, logger).decide([{ ...command, decide }]);
    expect(outcomes).toEqual([[]]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'error', leadId: 'L1', err: { message: 'no such zone' } },
    ]);
  });

  it('that the log does not have are said to be unknown', async () => {
    const { log, router } = await team('ann');
    const [lead] = (await capture(log, leadCaptured('L1'))) as [CapturedLead];
    const unknown = leadCaptured('L9');
    const [outcome] = await router.decideLeads.decide(clear([{ ...lead, ...unknown }]));
    expect(outcome !== undefined && isRejected(outcome) && outcome.code).toBe('unknown-lead');
  });
});

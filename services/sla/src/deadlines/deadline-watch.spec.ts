import { describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import type { LeadId, RotationId, UserId } from '@lead-rotator/lead-events';
import { minute, nine } from '../testing/given.ts';
import { byDue } from './deadline.ts';
import type { OpenedDeadline } from './deadline-changes.ts';
import type { DeadlinePlace } from './deadline-table.ts';
import { DeadlineWatch } from './deadline-watch.ts';

let position = 0;

function deadline(lead: string, due: number): OpenedDeadline {
  position += 1;
  return {
    organizationId: defaultOrganization,
    leadId: lead as LeadId,
    contactIds: [],
    due,
    assigned: position,
    since: 0,
    rotationId: 'web' as RotationId,
    ownerId: 'ann' as UserId,
  };
}

/** A table whose rows are set by hand. */
class HandTable {
  reads = 0;
  /** Runs while a read is under way, behind what it sees. */
  meanwhile: () => void = () => {};

  constructor(public rows: OpenedDeadline[]) {}

  async read(after: DeadlinePlace, until: number, most: number): Promise<OpenedDeadline[]> {
    this.reads += 1;
    const seen = this.rows
      .filter((row) => row.due <= until && byDue(row, { ...row, ...after }) > 0)
      .sort(byDue)
      .slice(0, most);
    this.meanwhile();
    return seen;
  }
}

const leadsOf = (deadlines: readonly { leadId: string }[]) => deadlines.map(({ leadId }) => leadId);

describe('the watch over deadlines', () => {
  it('holds those of the next minute, and those behind that when their time comes', async () => {
    const table = new HandTable([deadline('far', nine + 5 * minute), deadline('near', nine + minute / 2)]);
    const watch = new DeadlineWatch(table);
    await watch.load(nine);
    expect([watch.size, watch.nextDue]).toEqual([1, nine + minute / 2]);
    await watch.load(nine + 5 * minute);
    expect(leadsOf(watch.takeDue(nine + 5 * minute, 10))).toEqual(['near', 'far']);
  });

  it('is told of what is written while it reads ahead', async () => {
    const table = new HandTable([]);
    const watch = new DeadlineWatch(table);
    table.meanwhile = () => watch.written({ opened: [deadline('late', nine + 10)], ended: [] });
    await watch.load(nine);
    expect(leadsOf(watch.takeDue(nine + 10, 10))).toEqual(['late']);
  });

  it('remembers what was told just before it reads ahead, and is committed only after that', async () => {
    const watch = new DeadlineWatch(new HandTable([]));
    watch.written({ opened: [deadline('late', nine + 10)], ended: [] });
    await watch.load(nine);
    expect(leadsOf(watch.takeDue(nine + 10, 10))).toEqual(['late']);
  });

  it('lets go of what was claimed, and of an older deadline of the same lead', async () => {
    const [one, other] = [deadline('L1', nine + 10), deadline('L2', nine + 11)];
    const watch = new DeadlineWatch(new HandTable([one, other]));
    await watch.load(nine);
    watch.written({ opened: [deadline('L2', nine + 20)], ended: [one] });
    expect(watch.takeDue(nine + 15, 10)).toEqual([]);
    expect(leadsOf(watch.takeDue(nine + 20, 10))).toEqual(['L2']);
  });

  it('does not take out again what has fired while the table is behind', async () => {
    const watch = new DeadlineWatch(new HandTable([deadline('L1', nine)]));
    await watch.load(nine);
    expect(watch.takeDue(nine, 10)).toHaveLength(1);
    await watch.load(nine + 10_000);
    expect(watch.takeDue(nine + 10_000, 10)).toEqual([]);
  });

  it('takes out again what was put back, and what is still there after a minute', async () => {
    const watch = new DeadlineWatch(new HandTable([deadline('L1', nine)]));
    await watch.load(nine);
    watch.putBack(watch.takeDue(nine, 10));
    expect(watch.takeDue(nine, 10)).toHaveLength(1);
    for (const later of [30_000, 60_000, 90_000]) await watch.load(nine + later);
    expect(watch.takeDue(nine + 90_000, 10)).toHaveLength(1);
  });

  it('finds what another copy has written behind it, two seconds late', async () => {
    const table = new HandTable([]);
    const watch = new DeadlineWatch(table);
    await watch.load(nine);
    table.rows = [deadline('missed', nine + 100)];
    await watch.load(nine + 2_050);
    expect(watch.takeDue(nine + 2_050, 10)).toEqual([]);
    await watch.load(nine + 4_100);
    expect(leadsOf(watch.takeDue(nine + 4_100, 10))).toEqual(['missed']);
  });

  it('reads nothing while it holds the next minute', async () => {
    const table = new HandTable([]);
    const watch = new DeadlineWatch(table);
    await watch.load(nine);
    const { reads } = table;
    for (let at = nine; at < nine + 1_900; at += 100) await watch.load(at);
    expect(table.reads).toBe(reads);
  });

  it('takes what is overdue page by page, in order', async () => {
    const rows = Array.from({ length: 25_000 }, (_, index) => deadline(`L${index}`, nine - 30_000 + (index % 1_000)));
    const watch = new DeadlineWatch(new HandTable(rows));
    const taken: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await watch.load(nine);
      taken.push(...leadsOf(watch.takeDue(nine, 100_000)));
    }
    expect(taken).toEqual(leadsOf(rows.toSorted(byDue)));
  });
});

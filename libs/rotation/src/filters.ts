import type { Condition } from '@lead-rotator/lead-events';
import { type Test, testOf } from './condition.ts';
import type { Distribution } from './distribution.ts';
import type { LeadFacts } from './lead-facts.ts';
import type { Member } from './member.ts';

/** Members with the same filter: unless it compares with the member, it is asked once for all of them. */
export class Filter {
  readonly places: number[] = [];
  /** It compares with attributes of the member. */
  readonly isOwn: boolean;
  private readonly test: Test;
  private asked: readonly unknown[] = [];
  private answer = false;

  constructor(condition: Condition, text: string) {
    this.test = testOf(condition);
    this.isOwn = text.includes('"inMember"');
  }

  /** Whether it holds for a lead, and a member for whom it is asked if it is their own. */
  holds(distribution: Distribution, lead: LeadFacts, member: Member): boolean {
    if (this.isOwn) return this.test(distribution, lead, member.person.user);
    const { territories, calendars } = distribution;
    const [before, inTerritories, inCalendars] = this.asked;
    if (before !== lead || inTerritories !== territories || inCalendars !== calendars) {
      this.answer = this.test(distribution, lead, undefined);
      this.asked = [lead, territories, calendars];
    }
    return this.answer;
  }
}

/** The filters of the members of a rotation. Shared by forks: what they remember, they remember of a lead. */
export class Filters {
  readonly all: readonly Filter[];
  private readonly byPlace = new Map<number, Filter>();

  constructor(list: readonly Member[]) {
    const byText = new Map<string, Filter>();
    for (const [place, { settings }] of list.entries()) {
      if (settings.filter === undefined) continue;
      const text = JSON.stringify(settings.filter);
      const filter = byText.get(text) ?? new Filter(settings.filter, text);
      byText.set(text, filter);
      filter.places.push(place);
      this.byPlace.set(place, filter);
    }
    this.all = [...byText.values()];
  }

  of(place: number): Filter | undefined {
    return this.byPlace.get(place);
  }
}

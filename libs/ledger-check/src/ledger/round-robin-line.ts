import type { MemberRecord } from './member-record.ts';

/** What became of a member who stood in front of the one served. */
export type Fate = 'loses-the-turn' | 'keeps-the-place';

/**
 * The line of a round robin, written a second time from the domain reference (sections "Strategies" and "Membership")
 * and on purpose not from the code that decides: a fault there would otherwise be repeated here and never be found.
 */
export class RoundRobinLine {
  /** Members in list order. */
  readonly list: MemberRecord[] = [];
  /** The same members in the order in which they are served. */
  line: MemberRecord[] = [];
  #lastServed: MemberRecord | undefined = undefined;
  readonly #byUser = new Map<string, MemberRecord>();

  find(userId: string): MemberRecord | undefined {
    return this.#byUser.get(userId);
  }

  /** @param place from 1 */
  add(member: MemberRecord, place: number): void {
    this.#byUser.set(member.userId, member);
    this.list.splice(place - 1, 0, member);
    const before = this.#before(member);
    if (before === undefined || before === this.#lastServed) this.line.unshift(member);
    else this.line.splice(this.line.indexOf(before) + 1, 0, member);
  }

  remove(member: MemberRecord): void {
    if (this.#lastServed === member) this.#lastServed = this.#before(member);
    this.list.splice(this.list.indexOf(member), 1);
    this.line.splice(this.line.indexOf(member), 1);
    this.#byUser.delete(member.userId);
  }

  /** @param place from 1 */
  move(member: MemberRecord, place: number): void {
    this.list.splice(this.list.indexOf(member), 1);
    this.list.splice(place - 1, 0, member);
    this.formAnew();
  }

  /** The list, from behind the one served last. */
  formAnew(): void {
    const begin = this.#lastServed === undefined ? 0 : this.list.indexOf(this.#lastServed) + 1;
    this.line = [...this.list.slice(begin), ...this.list.slice(0, begin)];
  }

  /** Another strategy served somebody: the line stays, but knows whom it would go on behind. */
  servedOtherwise(member: MemberRecord): void {
    this.#lastServed = member;
  }

  /** The one served goes to the back, and before them, in their order, those who lose the turn. */
  serve(member: MemberRecord, fateOf: (passed: MemberRecord, index: number) => Fate): void {
    this.#lastServed = member;
    if (this.line[0] === member) {
      this.line.push(this.line.shift() as MemberRecord);
      return;
    }
    const front = this.line.slice(0, this.line.indexOf(member));
    const fates = front.map(fateOf);
    const kept = front.filter((_, index) => fates[index] === 'keeps-the-place');
    const lost = front.filter((_, index) => fates[index] === 'loses-the-turn');
    this.line = [...kept, ...this.line.slice(front.length + 1), ...lost, member];
  }

  /** The one before in the list; before the first stands the last. None if there is nobody else. */
  #before(member: MemberRecord): MemberRecord | undefined {
    const before = this.list.at(this.list.indexOf(member) - 1);
    return before === member ? undefined : before;
  }
}

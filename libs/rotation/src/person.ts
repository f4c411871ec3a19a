import type { User } from './user.ts';

/**
 * A user's place in the tables of a distribution. Members refer to it, so that a turn looks at its members without a
 * look-up in a map for each (a third of the cost of a decision among a thousand).
 */
export class Person {
  /** Counted from 0 in the order in which users were registered. */
  readonly number: number;
  user: User;

  constructor(number: number, user: User) {
    this.number = number;
    this.user = user;
  }

  copy(): Person {
    return new Person(this.number, this.user);
  }
}

import type { Member } from './member.ts';

/**
 * What is believed of the members' chances to win a lead of one segment: the logarithm of the odds is taken for normally
 * distributed, with the mean and the variance that it has when chances are beta distributed over won + 1 and lost + 1.
 * By place in the list; replaced when something changes, so that forks may share it.
 */
export class Beliefs {
  private readonly segment: string;
  readonly means: Float64Array;
  readonly deviations: Float64Array;

  constructor(segment: string, list: readonly Member[]) {
    this.segment = segment;
    this.means = new Float64Array(list.length);
    this.deviations = new Float64Array(list.length);
    for (const [place, member] of list.entries()) this.put(place, member);
  }

  /** With what is known of one member now. */
  after(place: number, member: Member): Beliefs {
    const { won, lost } = outcomesOf(member, this.segment);
    if (meanOf(won, lost) === this.means[place] && deviationOf(won, lost) === this.deviations[place]) return this;
    const next: Beliefs = Object.assign(Object.create(Beliefs.prototype), this, {
      means: this.means.slice(),
      deviations: this.deviations.slice(),
    });
    next.put(place, member);
    return next;
  }

  private put(place: number, member: Member): void {
    const { won, lost } = outcomesOf(member, this.segment);
    this.means[place] = meanOf(won, lost);
    this.deviations[place] = deviationOf(won, lost);
  }
}

const nothingKnown = { won: 0, lost: 0 };

export const outcomesOf = (member: Member, segment: string): { readonly won: number; readonly lost: number } =>
  member.outcomes.get(segment) ?? nothingKnown;

const meanOf = (won: number, lost: number): number => digamma(won + 1) - digamma(lost + 1);
const deviationOf = (won: number, lost: number): number => Math.sqrt(trigamma(won + 1) + trigamma(lost + 1));

/* The first terms of the asymptotic series, from 1 on right to two in a thousand and soon to all digits that count. */
const digamma = (x: number): number => Math.log(x) - 1 / (2 * x) - 1 / (12 * x * x) + 1 / (120 * x ** 4);
const trigamma = (x: number): number => 1 / x + 1 / (2 * x * x) + 1 / (6 * x ** 3) - 1 / (30 * x ** 5);

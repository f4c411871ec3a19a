/** The order in which a round robin comes to the members of a rotation: their places in the list. */
export class Line {
  private places: number[] = [];
  /** Where the line begins: to serve the first moves nobody else, among ten thousand neither. */
  private front = 0;

  /** The list, from one place on and around. */
  static of(length: number, begin: number): Line {
    const line = new Line();
    line.places = Array.from({ length }, (_, index) => (begin + index) % length);
    return line;
  }

  copy(): Line {
    const copied = new Line();
    copied.places = this.inOrder;
    return copied;
  }

  get length(): number {
    return this.places.length - this.front;
  }

  /** The place in the list of one in the line, from 0. */
  at(index: number): number {
    return this.places[this.front + index] as number;
  }

  /** From the front. */
  get inOrder(): number[] {
    return this.places.slice(this.front);
  }

  /** At the front, or directly behind the member at another place; the places behind the new one in the list move on. */
  add(place: number, behind: number | undefined): void {
    const places = this.inOrder;
    const index = behind === undefined ? 0 : places.indexOf(behind) + 1;
    this.be(place < places.length ? places.map((one) => (one >= place ? one + 1 : one)) : places);
    this.places.splice(index, 0, place);
  }

  remove(place: number): void {
    this.be(this.inOrder.filter((one) => one !== place).map((one) => (one > place ? one - 1 : one)));
  }

  /** The first is served and goes to the back. */
  serveFirst(): void {
    if (this.length === 0) return;
    this.places.push(this.at(0));
    this.front += 1;
    if (this.front > 64 && this.front > this.length) this.be(this.inOrder);
  }

  /**
   * Somebody further behind is served and goes to the back, those in front who lose the turn before them; `keeps` says
   * who of those in front, counted from 0, stays where they are.
   */
  serve(inFront: number, keeps: (index: number) => boolean): void {
    const places = this.inOrder;
    const kept: number[] = [];
    const lost: number[] = [];
    for (let index = 0; index < inFront; index += 1) (keeps(index) ? kept : lost).push(places[index] as number);
    const served = places[inFront] as number;
    this.be([...kept, ...places.slice(inFront + 1), ...lost, served]);
  }

  private be(places: number[]): void {
    this.places = places;
    this.front = 0;
  }
}

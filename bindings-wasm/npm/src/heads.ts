// What the calls of a client have in common, their heads: each is read once, and kept by its number.

/** Whoever tells the head of the last call. */
interface Told {
  headNumber(): number;
  head(): string;
}

/** More than a client of ours keeps: what is asked for again is told again. */
const KEPT = 64;

export class Heads<T> {
  readonly #core: Told;
  readonly #read: (lines: string[]) => T;
  readonly #known = new Map<number, T>();
  #number = -1;
  #last: T | undefined;

  constructor(core: Told, read: (lines: string[]) => T) {
    this.#core = core;
    this.#read = read;
  }

  /** The last call's. */
  last(): T {
    const number = this.#core.headNumber();
    if (number !== this.#number) {
      this.#last = this.#known.get(number) ?? this.#learn(number);
      this.#number = number;
    }
    return this.#last!;
  }

  #learn(number: number): T {
    const head = this.#read(this.#core.head().split("\n"));
    if (this.#known.size === KEPT) this.#known.clear();
    this.#known.set(number, head);
    return head;
  }
}

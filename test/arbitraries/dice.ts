import fc from 'fast-check';

/** Decisions of a generator, one after the other. All of them shrink towards the first choice, and towards no. */
export class Dice {
  readonly #g: fc.GeneratorValue;

  constructor(g: fc.GeneratorValue) {
    this.#g = g;
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.#g(fc.nat, { max: 99 }) >= 100 - percent;
  }

  /** One of several choices, of which there is at least one. */
  one<T>(choices: readonly T[]): T {
    return choices[this.#g(fc.nat, { max: choices.length - 1 })] as T;
  }

  /** What is made for each number below a number between `least` and `most`. */
  some<T>(most: number, make: (index: number) => T, least = 0): T[] {
    const count = least + this.#g(fc.nat, { max: most - least });
    return Array.from({ length: count }, (_, index) => make(index));
  }
}

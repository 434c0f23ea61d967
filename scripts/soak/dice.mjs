/** Decisions that follow from a seed and a number of a step alone, so that a step is the same in every run. */
export class Dice {
  #state;

  /** @param {number} seed @param {number} step */
  constructor(seed, step) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b)) >>> 0;
    for (let i = 0; i < 3; i += 1) this.#next();
  }

  /** Returns a whole number from 0 to one less than `count`. @param {number} count */
  below(count) {
    return Math.floor(this.#next() * count);
  }

  /** True in so many of a hundred cases. @param {number} percent */
  chance(percent) {
    return this.below(100) < percent;
  }

  /** One of several choices. @template T @param {readonly T[]} choices @returns {T} */
  one(choices) {
    return /** @type {T} */ (choices[this.below(choices.length)]);
  }

  /** mulberry32: from 0 to less than 1. */
  #next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

import { expect } from 'vitest';
import type { Order } from '../ordered.ts';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * For a plan: every command that matches the first pattern ends before any that matches the second starts. Both
     * must match.
     */
    toRunInOrder: (first: RegExp, second: RegExp) => T;
  }
}

expect.extend({
  toRunInOrder(order: Order, first: RegExp, second: RegExp) {
    const marked = order
      .commands()
      .map((line) => `${first.test(line) ? '1' : ' '}${second.test(line) ? '2' : ' '} ${line}`);
    return {
      pass: order.holds(first, second),
      message: () =>
        [
          `expected what matches ${String(first)} (1) ${this.isNot ? 'not ' : ''}to have ended ` +
            `before what matches ${String(second)} (2) starts:`,
          ...marked,
        ].join('\n'),
    };
  },
});

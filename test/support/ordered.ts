import { netnsOf, type Command } from '../../src/model/command.ts';
import { commandText } from '../../src/model/command-text.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { NodeView } from '../../src/model/probe.ts';
import { type Netns, type Observed } from '../../src/model/resource.ts';
import { diff } from '../../src/diff/diff.ts';
import { planOf } from '../../src/plan/plan.ts';
import type { Operation } from './declared-order.ts';
import { contextOf } from './view.ts';

/** The position of a command in a plan. */
interface Position {
  readonly batch: number;
  readonly step: number;
}

export { conformingObjects as asObserved } from '../../src/diff/conforming.ts';

/** Returns the plan that leads from observed objects to a graph. */
export function planFrom(observed: readonly Observed[], to: DesiredGraph, views: readonly NodeView[] = []): Plan {
  const context = contextOf(to, views);
  return planOf(to, observed, diff(to, observed, context), context);
}

/** The order of the commands of a plan. */
export class Order {
  readonly #at = new Map<string, Position[]>();
  readonly #before: ReadonlySet<number>[] = [];
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    for (const { id, after } of plan.batches) {
      if (after.some((other) => other >= id)) throw new Error(`batch ${id} waits for a later one`);
      this.#before.push(new Set(after.flatMap((other) => [other, ...(this.#before[other] ?? [])])));
    }
    for (const batch of plan.batches) {
      for (const [step, { command }] of batch.steps.entries()) {
        const key = Order.key(batch.node, command);
        this.#at.set(key, [...(this.#at.get(key) ?? []), { batch: batch.id, step }]);
      }
    }
  }

  static key(node: string, command: Command): string {
    return `${node}: ${commandText(command)}`;
  }

  /** Returns every command, in the order of batches. */
  commands(): string[] {
    return this.#plan.batches.flatMap(({ node, steps }) => steps.map(({ command }) => Order.key(node, command)));
  }

  /**
   * True if every command that matches the first pattern ends before any that matches the second starts. Both must
   * match.
   */
  holds(first: RegExp, second: RegExp): boolean {
    const positions = (pattern: RegExp): Position[] => {
      const found = [...this.#at].filter(([key]) => pattern.test(key)).flatMap(([, at]) => at);
      if (found.length === 0)
        throw new Error(`no command matches ${String(pattern)} in\n${this.commands().join('\n')}`);
      return found;
    };
    const later = positions(second);
    return positions(first).every((a) => later.every((b) => this.#precedes(a, b)));
  }

  /**
   * True if one operation ends before another starts. If the first has commands in the namespace of the second, only
   * those count: an address waits for its link, not until the link's other end is plugged in.
   */
  keeps(first: Operation, second: Operation): boolean {
    const [start] = second.commands;
    const there = first.commands.filter(
      (command) => start !== undefined && namespaceOf(command) === namespaceOf(start),
    );
    const earlier = this.#positionsOf(first.node, there.length > 0 ? there : first.commands);
    const later = this.#positionsOf(second.node, second.commands);
    return earlier.every((a) => later.every((b) => this.#precedes(a, b)));
  }

  #positionsOf(node: string, commands: readonly Command[]): Position[] {
    return commands.flatMap((command) => this.#at.get(Order.key(node, command)) ?? []);
  }

  #precedes(a: Position, b: Position): boolean {
    return a.batch === b.batch ? a.step < b.step : (this.#before[b.batch]?.has(a.batch) ?? false);
  }
}

/** Returns the namespace in which a command has its effect; a namespace is deleted from outside. */
function namespaceOf(command: Command): Netns {
  return command.tool === 'netns-del' ? null : netnsOf(command);
}

import { kindWord } from '../../src/model/resource.ts';
import { netnsOf, type Command } from '../../src/model/command.ts';
import { commandText } from '../../src/apply/failure.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { DesiredGraph } from '../../src/model/graph.ts';
import type { NodeView } from '../../src/model/probe.ts';
import type { Netns, Observed } from '../../src/model/resource.ts';
import { diff } from '../../src/diff/diff.ts';
import { planOf } from '../../src/plan/plan.ts';
import type { Work } from './declared-order.ts';
import { contextOf } from './view.ts';

/** Where a command is in a plan. */
interface Place {
  readonly batch: number;
  readonly step: number;
}

/** What would be observed if a graph stood. */
export function asObserved(graph: DesiredGraph): Observed[] {
  return [...graph.resources.values()].map(({ node, netns, kind, name, spec }) => ({
    node,
    netns,
    kind,
    name,
    spec,
    owner: kindWord(kind) === 'sysctl' ? 'foreign' : 'ours',
  }));
}

/** The plan that leads from what one graph wants to what another does. */
export function planFrom(observed: readonly Observed[], to: DesiredGraph, views: readonly NodeView[] = []): Plan {
  const context = contextOf(to, views);
  return planOf(to, observed, diff(to, observed, context), context);
}

/** Which commands have ended before which start. */
export class Order {
  readonly #at = new Map<string, Place[]>();
  readonly #before: ReadonlySet<number>[] = [];
  readonly #plan: Plan;

  constructor(plan: Plan) {
    this.#plan = plan;
    for (const { id, after } of plan.batches) {
      if (after.some((other) => other >= id)) throw new Error(`batch ${id} waits for one behind it`);
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

  /** Every command, in the order of batches. */
  commands(): string[] {
    return this.#plan.batches.flatMap(({ node, steps }) => steps.map(({ command }) => Order.key(node, command)));
  }

  /** True when every command that matches the first has ended before any that matches the second starts. Both must be there. */
  holds(first: RegExp, second: RegExp): boolean {
    const places = (pattern: RegExp): Place[] => {
      const found = [...this.#at].filter(([key]) => pattern.test(key)).flatMap(([, at]) => at);
      if (found.length === 0)
        throw new Error(`no command matches ${String(pattern)} in\n${this.commands().join('\n')}`);
      return found;
    };
    const later = places(second);
    return places(first).every((a) => later.every((b) => this.#precedes(a, b)));
  }

  /**
   * Whether one piece of work ends before another starts. Of the first only what is done in the namespace of the second counts, where anything is:
   * an address waits for its link, not until the link's other end is plugged in.
   */
  keeps(first: Work, second: Work): boolean {
    const [start] = second.commands;
    const there = first.commands.filter((command) => start !== undefined && placeOf(command) === placeOf(start));
    const earlier = this.#placesOf(first.node, there.length > 0 ? there : first.commands);
    const later = this.#placesOf(second.node, second.commands);
    return earlier.every((a) => later.every((b) => this.#precedes(a, b)));
  }

  #placesOf(node: string, commands: readonly Command[]): Place[] {
    return commands.flatMap((command) => this.#at.get(Order.key(node, command)) ?? []);
  }

  #precedes(a: Place, b: Place): boolean {
    return a.batch === b.batch ? a.step < b.step : (this.#before[b.batch]?.has(a.batch) ?? false);
  }
}

/** Where a command has its effect; a namespace is taken away from outside. */
function placeOf(command: Command): Netns {
  return command.tool === 'netns-del' ? null : netnsOf(command);
}

import { commandText } from '../../../src/model/command-text.ts';
import type { DesiredGraph } from '../../../src/model/graph.ts';
import type { Batch, Plan } from '../../../src/model/plan.ts';
import { kindWord, type Ref } from '../../../src/model/resource.ts';
import { ModelNode } from './node.ts';
import { present, Refusal, require } from './refusal.ts';

/** Nodes in memory, on which a plan is run command by command. */
export class ModelNetwork {
  readonly nodes = new Map<string, ModelNode>();

  /** Creates the nodes and NICs of these graphs, without objects of ours. */
  constructor(...graphs: readonly DesiredGraph[]) {
    for (const { nodes, resources } of graphs) {
      for (const name of nodes) if (!this.nodes.has(name)) this.nodes.set(name, new ModelNode());
      for (const { kind, node, name } of resources.values()) {
        const there = this.nodes.get(node);
        if (kindWord(kind) === 'nic' && there?.home.links.has(name) === false) there.addNic(name);
      }
    }
  }

  /** Returns the NICs of all nodes. */
  nics(): { readonly node: string; readonly name: string }[] {
    return [...this.nodes].flatMap(([node, { home }]) =>
      [...home.links.values()].filter(({ type }) => type === 'nic').map(({ name }) => ({ node, name })),
    );
  }

  /** True if a route exists. With the last address of a device, the kernel deletes its routes. */
  hasRoute({ node, netns, name }: Ref): boolean {
    return (
      this.nodes
        .get(node)
        ?.namespaces.get(netns ?? '')
        ?.routes.has(name) === true
    );
  }

  /**
   * Runs a plan. `choose` selects the next among the batches that are ready; the result must not depend on it.
   */
  carryOut({ batches }: Plan, choose: (among: number) => number): void {
    const done = new Set<number>();
    const left = [...batches];
    while (left.length > 0) {
      const ready = left.filter(({ after }) => after.every((id) => done.has(id)));
      const batch = ready[choose(ready.length)];
      if (!batch) throw new Error('the batches that are left wait for each other');
      this.#run(batch);
      done.add(batch.id);
      left.splice(left.indexOf(batch), 1);
    }
  }

  #run({ node, steps, id }: Batch): void {
    for (const { command, address } of steps) {
      try {
        present(this.nodes.get(node), `the node ${node}`).run(command);
        if (command.tool === 'ip' && command.words.includes('add')) this.#isOnce(command.words);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Error(
          `${node}: ${error.message}\n  ${commandText(command)}\n  for ${address}, in batch ${String(id)}`,
        );
      }
    }
  }

  /**
   * Requires each MAC and each global address to be unique, or neighbours would confuse the two. The metadata address
   * is in every network.
   */
  #isOnce(words: readonly string[]): void {
    const links = [...this.nodes.values()].flatMap((node) =>
      node.all().flatMap(({ links: there }) => [...there.values()]),
    );
    const mac = words[words.indexOf('address') + 1] ?? '';
    if (words[0] === 'link' && words.includes('address'))
      require(links.filter((link) => link.mac === mac).length === 1, `the MAC ${mac} exists already`);
    const cidr = words[2] ?? '';
    if (words[0] === 'addr' && words.includes('global') && !cidr.startsWith('169.254.169.254/')) {
      require(links.filter(({ addresses }) => addresses.has(cidr)).length === 1, `${cidr} exists already`);
    }
  }
}

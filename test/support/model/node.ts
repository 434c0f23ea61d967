import type { Command } from '../../../src/model/command.ts';
import { ModelDaemons } from './daemons.ts';
import { ip } from './ip.ts';
import { ModelNamespace, newLink } from './namespace.ts';
import { ModelTables } from './nft.ts';
import { present, Refusal, require } from './refusal.ts';
import { iptables } from './rules.ts';
import { ModelSets } from './sets.ts';

/**
 * A node in memory: the parts of the kernel and of the programs that plans use. It refuses the commands that those
 * refuse.
 */
export class ModelNode {
  readonly home = new ModelNamespace('-');
  readonly namespaces = new Map<string, ModelNamespace>();
  readonly sets = new ModelSets();
  readonly tables = new ModelTables();
  readonly daemons = new ModelDaemons();

  /** Adds a NIC that is up. */
  addNic(name: string): void {
    const nic = newLink(name, 'nic');
    nic.isUp = true;
    this.home.addLink(nic);
  }

  /** Returns all namespaces, the node's own first. */
  all(): ModelNamespace[] {
    return [this.home, ...this.namespaces.values()];
  }

  run(command: Command): void {
    switch (command.tool) {
      case 'netns-add': {
        const { netns, mark } = command;
        require(!this.namespaces.has(netns), `the namespace ${netns} exists`);
        const made = new ModelNamespace(netns);
        made.link('lo').alias = mark;
        this.namespaces.set(netns, made);
        return;
      }
      case 'netns-del': {
        this.#deleteNamespace(command.netns);
        return;
      }
      case 'ip': {
        ip(this.#namespace(command.netns), this.home, command.words);
        return;
      }
      case 'iptables': {
        iptables(this.#namespace(command.netns), command, (set) => this.sets.sets.has(set));
        return;
      }
      case 'ipset': {
        this.sets.run(command.words, (set) => this.#isMatched(set));
        return;
      }
      case 'nft': {
        this.tables.run(command.words);
        return;
      }
      case 'sysctl': {
        this.#namespace(command.netns).setSysctl(command.key, command.value);
        return;
      }
      case 'write':
        this.daemons.files.set(command.path, `${command.mode} ${command.encoding ?? 'text'} ${command.content}`);
        return;
      case 'unlink': {
        this.daemons.unlink(command.path);
        return;
      }
      case 'signal': {
        this.daemons.signal(command.argvHas, command.signal);
        return;
      }
      case 'exec': {
        const namespace = this.#namespace(command.netns);
        if (/^(?:dnsmasq|haproxy)$/.test(command.argv[0] ?? '')) this.daemons.start(namespace.name, command.argv);
        return;
      }
      default:
        throw new Refusal(`the model does not know ${command.tool}`);
    }
  }

  #namespace(netns: string | null): ModelNamespace {
    if (netns === null) return this.home;
    // A guest's namespace exists before a link is plugged into it.
    if (netns.startsWith('/') && !this.namespaces.has(netns)) this.namespaces.set(netns, new ModelNamespace(netns));
    return present(this.namespaces.get(netns), `the namespace ${netns}`);
  }

  #deleteNamespace(netns: string): void {
    const namespace = this.#namespace(netns);
    const inside = [...this.daemons.daemons.values()].filter((daemon) => daemon.namespace === netns);
    require(inside.length === 0, `${String(inside[0]?.argv[0])} runs in ${netns}`);
    for (const link of [...namespace.links.values()]) namespace.deleteLink(link);
    this.namespaces.delete(netns);
  }

  #isMatched(set: string): boolean {
    return [...this.home.chains.values()].flat().some((rule) => rule.includes(`--match-set ${set} `));
  }
}

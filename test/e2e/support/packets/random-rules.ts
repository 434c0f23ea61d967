import type { SecurityGroupRule, Topology } from '../../../../src/topology/types.gen.ts';

/** Returns a generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PROTOCOLS = ['tcp', 'udp', 'icmp', 'sctp', 'vrrp', 'esp'] as const;

/**
 * Random changes to the security groups of a topology, one after another. No rule matches UDP ports 6000 to 6999, a
 * whole protocol, or UDP from or to any address, except rules of the group `nobodies` and of the network 192.0.2.0/24.
 */
export class RandomChanges {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  /** Makes one to three changes at once. */
  change(doc: Topology): void {
    for (let left = this.#below(3); left >= 0; left -= 1) this.#once(doc);
  }

  #once(doc: Topology): void {
    const groups = doc.security_groups!;
    const portOf = (name: string) => doc.instances?.[name]?.ports?.['eth0'];
    const varied = groups['varied']!;
    const rules = (varied.rules ??= []);
    switch (this.#below(8)) {
      case 0:
      case 1:
        this.#add(rules, this.#rule());
        return;
      case 2:
        rules.splice(this.#below(rules.length), 1);
        return;
      case 3:
        this.#add((groups['friends']!.rules ??= []), this.#rule());
        return;
      case 4: {
        const one = portOf(this.#pick(['by1', 'by2']))!;
        one.security_groups = ['varied', 'friends', 'nobodies', 'default'].filter(() => this.#next() < 0.5);
        return;
      }
      case 5: {
        // With many members at once, their sets are swapped.
        const pairs = Array.from({ length: this.#below(12) }, (_, i) => ({ ip_address: `192.0.2.${String(i * 2)}` }));
        portOf(this.#pick(['by1', 'by2']))!.allowed_address_pairs = pairs;
        return;
      }
      case 6: {
        const [name, own] = this.#pick([['target', 'base'] as const, ['captive', 'captive'] as const]);
        portOf(name)!.security_groups = this.#pick([[own], [own, 'varied'], ['varied', own]]);
        return;
      }
      default:
        varied.stateful = this.#next() < 0.5;
    }
  }

  #add(rules: SecurityGroupRule[], rule: SecurityGroupRule): void {
    const text = JSON.stringify(rule);
    if (rules.every((other) => JSON.stringify(other) !== text)) rules.splice(this.#below(rules.length + 1), 0, rule);
  }

  #rule(): SecurityGroupRule {
    const direction = this.#pick(['ingress', 'egress'] as const);
    const remote = this.#pick([
      { remote_ip_prefix: `192.0.2.${String(8 * this.#below(32))}/29` },
      { remote_group: 'nobodies' },
    ]);
    if (this.#next() < 0.3) return { direction, ...(this.#next() < 0.3 && { protocol: 'udp' }), ...remote };
    const protocol = this.#pick(PROTOCOLS);
    const who = this.#next() < 0.5 ? {} : this.#pick([remote, { remote_group: 'friends' }]);
    if (protocol === 'vrrp' || protocol === 'esp') return { direction, protocol, ...who };
    if (protocol === 'icmp') return { direction, protocol, port_range_min: this.#below(20), ...who };
    const first = 7000 + this.#below(900);
    const last = first + this.#below(2) * this.#below(100);
    return { direction, protocol, port_range_min: first, port_range_max: last, ...who };
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }
}

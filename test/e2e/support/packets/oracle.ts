import type { Port, SecurityGroupRule, Topology } from '../../../../src/topology/types.gen.ts';

/** The first packet of a request, and both ends: instances by name, `outside` for any other. */
export interface Question {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'icmp' | 'tcp' | 'udp';
  /** The destination port; for ICMP the type of the request. */
  readonly port: number;
  /** The source port. */
  readonly sourcePort: number;
}

/** The result of a request: it is dropped, it arrives and the answer is dropped, or both arrive. */
export type Fate = 'stopped' | 'unanswered' | 'answered';

/** The answer to a ping has type 0; the answer of a port without a listener is an ICMP error of type 3. */
const ECHO_REPLY = 0;
const UNREACHABLE = 3;

const IPV4_ANY: SecurityGroupRule = { direction: 'egress' };

/**
 * A short model of security groups, independent of netloom's code: IPv4, instances with one port `eth0` and a fixed
 * address. `addressOf` returns the address under which the other end is seen.
 */
export class Oracle {
  readonly #doc: Topology;
  readonly #outside: string;

  constructor(doc: Topology, outside: string) {
    this.#doc = doc;
    this.#outside = outside;
  }

  /** Returns the result of a request; `isHeard` tells whether a program listens on the port. */
  fate({ from, to, protocol, port, sourcePort }: Question, isHeard = true): Fate {
    const request = { protocol, port };
    if (!this.#passes(from, 'egress', request, to) || !this.#passes(to, 'ingress', request, from)) return 'stopped';
    const answer = isHeard
      ? { protocol, port: protocol === 'icmp' ? ECHO_REPLY : sourcePort }
      : { protocol: 'icmp' as const, port: UNREACHABLE };
    const leaves = this.#isStateful(to) || this.#passes(to, 'egress', answer, from);
    const arrives = this.#isStateful(from) || this.#passes(from, 'ingress', answer, to);
    return leaves && arrives ? 'answered' : 'unanswered';
  }

  #portOf(name: string): Port | undefined {
    return this.#doc.instances?.[name]?.ports?.['eth0'];
  }

  #isFiltered(name: string): boolean {
    const port = this.#portOf(name);
    return port !== undefined && port.port_security_enabled !== false;
  }

  #groupsOf(name: string): readonly string[] {
    return this.#isFiltered(name) ? (this.#portOf(name)?.security_groups ?? ['default']) : [];
  }

  /** True for a stateless port: all its groups are stateless. */
  #isStateful(name: string): boolean {
    const groups = this.#groupsOf(name);
    return groups.length === 0 || groups.some((group) => this.#doc.security_groups?.[group]?.stateful !== false);
  }

  #passes(
    name: string,
    direction: SecurityGroupRule['direction'],
    packet: Pick<Question, 'protocol' | 'port'>,
    other: string,
  ): boolean {
    if (!this.#isFiltered(name)) return true;
    return this.#groupsOf(name)
      .flatMap((group) => this.#rulesOf(group))
      .some((rule) => rule.direction === direction && this.#matches(rule, packet, other));
  }

  #rulesOf(name: string): readonly SecurityGroupRule[] {
    const group = this.#doc.security_groups?.[name];
    const each: SecurityGroupRule[] = name === 'default' ? [{ direction: 'ingress', remote_group: 'default' }] : [];
    return [...(group?.default_rules === false ? [] : [IPV4_ANY, ...each]), ...(group?.rules ?? [])];
  }

  #matches(rule: SecurityGroupRule, { protocol, port }: Pick<Question, 'protocol' | 'port'>, other: string): boolean {
    if (rule.ethertype === 'IPv6') return false;
    if (rule.protocol !== undefined && rule.protocol !== protocol) return false;
    const { port_range_min: first, port_range_max: last = protocol === 'icmp' ? first : undefined } = rule;
    // For ICMP the second number is the code: 0 for all requests here, 3 for an unreachable port.
    if (
      protocol === 'icmp'
        ? first !== undefined && port !== first
        : first !== undefined && (port < first || port > (last ?? 0))
    )
      return false;
    if (rule.remote_group !== undefined) return this.#groupsOf(other).includes(rule.remote_group);
    return rule.remote_ip_prefix === undefined || isWithin(this.#addressOf(other), rule.remote_ip_prefix);
  }

  #addressOf(name: string): string {
    return this.#portOf(name)?.fixed_ip_address ?? this.#outside;
  }
}

function isWithin(address: string, prefix: string): boolean {
  const [network = '', length = '32'] = prefix.split('/');
  const bits = (text: string): string =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  return bits(address).slice(0, Number(length)) === bits(network).slice(0, Number(length));
}

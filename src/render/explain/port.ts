import type { SecurityRule } from '../../resolve/resolved-security.ts';
import type { InstancePort, ResolvedTopology } from '../../resolve/resolved.ts';
import { withoutHostLength } from '../../net/address-text.ts';
import { ICMP, ICMPV6, protocolName } from '../../net/protocols.ts';
import { clean } from '../clean.ts';
import { wrap } from '../wrap.ts';
import { align } from '../align.ts';
import { FORMAT_VERSION } from '../format-version.ts';

/** The traffic that is allowed to and from an instance's port, in words. */
export interface ExplainedPort {
  readonly instance: string;
  readonly port: string;
  readonly node: string;
  readonly network: string;
  /** False: nothing is filtered, and the lists are empty. */
  readonly filtered: boolean;
  readonly groups: readonly string[];
  readonly stateful: boolean;
  readonly ingress: readonly ExplainedRule[];
  readonly egress: readonly ExplainedRule[];
  /** What every filtered port may receive and send, whatever its groups; empty if it is not filtered. */
  readonly always: { readonly ingress: readonly string[]; readonly egress: readonly string[] };
  /** The source addresses that it may use. */
  readonly sources: readonly { readonly address: string; readonly mac: string }[];
}

/** Traffic that is allowed, and the rule that allows it. */
export interface ExplainedRule {
  readonly what: string;
  readonly who: string;
  readonly group: string;
  /** `file:line`; absent for a built-in rule of the group. */
  readonly line?: string;
}

/** Neutron's fixed rules of a filtered port, before those of its groups. */
const ALWAYS = {
  ingress: ['answers of DHCP servers', 'icmpv6 types 130, 135 and 136 (neighbour discovery)'],
  egress: ['DHCP requests', 'icmpv6, all but router advertisements'],
} as const;

/** Returns what the groups of a port allow, in words. */
export function explainPort({ securityGroups }: ResolvedTopology, instance: string, port: InstancePort): ExplainedPort {
  const { device, node, network, security } = port;
  const groups = (security?.groups ?? []).flatMap((name) => securityGroups.get(name) ?? []);
  const rules = (direction: SecurityRule['direction']): ExplainedRule[] =>
    groups.flatMap(({ name, rules: all }) =>
      all.filter((rule) => rule.direction === direction).map((rule) => explainRule(rule, name, securityGroups)),
    );
  return {
    instance,
    port: device,
    node,
    network,
    filtered: security !== undefined,
    groups: groups.map(({ name }) => name),
    stateful: security?.stateful ?? true,
    ingress: rules('ingress'),
    egress: rules('egress'),
    always: security === undefined ? { ingress: [], egress: [] } : ALWAYS,
    sources: (security?.pairs ?? []).map(({ cidr, mac }) => ({ address: withoutHostLength(cidr), mac })),
  };
}

function explainRule(rule: SecurityRule, group: string, groups: ResolvedTopology['securityGroups']): ExplainedRule {
  const { byDefault, origin } = rule;
  const line = origin.range === undefined ? undefined : `${origin.range.file}:${String(origin.range.start.line)}`;
  return { what: whatOf(rule), who: whoOf(rule, groups), group, ...(!byDefault && line !== undefined && { line }) };
}

function whatOf({ family, protocol, ports, icmp }: SecurityRule): string {
  const version = `IPv${String(family)}`;
  if (protocol === undefined) return `everything over ${version}`;
  const name = protocolName(protocol);
  if (icmp !== undefined && (protocol === ICMP || protocol === ICMPV6)) {
    const code = icmp.code === undefined ? '' : `, code ${String(icmp.code)}`;
    return `${name} type ${String(icmp.type)}${code}`;
  }
  if (ports === undefined) return family === 6 && protocol !== ICMPV6 ? `${name} over ${version}` : name;
  const { first, last } = ports;
  const range = first === last ? `port ${String(first)}` : `ports ${String(first)} to ${String(last)}`;
  return family === 6 ? `${name} ${range} over ${version}` : `${name} ${range}`;
}

function whoOf(
  { family, remotePrefix, remoteGroup }: SecurityRule,
  groups: ResolvedTopology['securityGroups'],
): string {
  if (remotePrefix !== undefined && !remotePrefix.endsWith('/0')) return withoutHostLength(remotePrefix);
  if (remoteGroup === undefined) return 'anybody';
  const members = groups.get(remoteGroup)?.members.filter((member) => member.family === family) ?? [];
  const addresses = [...new Set(members.map(({ cidr }) => withoutHostLength(cidr)))];
  const some = addresses.length > 6 ? [...addresses.slice(0, 5), `${String(addresses.length - 5)} more`] : addresses;
  return `members of ${remoteGroup} (${some.length === 0 ? 'none' : some.join(', ')})`;
}

/** Returns the same for `--json`. */
export function explainedDocument(explained: ExplainedPort, diagnostics: readonly object[]): object {
  return { format_version: FORMAT_VERSION, ...explained, diagnostics };
}

/** Returns the same as text; tables and sentences are fitted to `columns`. */
export function explainedText(explained: ExplainedPort, columns = Infinity): string {
  const { instance, port, node, network, filtered, groups, stateful, ingress, egress, always, sources } = explained;
  const title = `${instance}/${port} on node ${node}, network ${network}`;
  if (!filtered) {
    return `${title}: not filtered (port_security_enabled: false). All ingress and egress is allowed.\n`;
  }
  const inGroups = groups.length === 0 ? 'in no security group' : `in ${groups.join(', ')}`;
  const answers = stateful
    ? 'Answers to allowed connections are allowed.'
    : 'Stateless: answers are allowed only by rules of their own.';
  const sentence = (text: string): readonly string[] => wrap(text, columns);
  return [
    ...sentence(`${title}, ${inGroups}`),
    '',
    'Ingress is allowed for:',
    ...rows(ingress, always.ingress, 'from', columns),
    '',
    'Egress is allowed for:',
    ...rows(egress, always.egress, 'to', columns),
    '',
    ...sentence(answers),
    '',
    'Source addresses that the port may use:',
    ...align(
      sources.map(({ address, mac }) => [address, `with ${mac}`]),
      '  ',
      columns,
    ),
    '',
    ...sentence(
      'Never allowed: DHCP answers, IPv6 router advertisements, other source addresses or MACs, frames that are ' +
        'neither IPv4, IPv6 nor ARP.',
    ),
    '',
  ]
    .map(clean)
    .join('\n');
}

function rows(
  rules: readonly ExplainedRule[],
  always: readonly string[],
  preposition: 'from' | 'to',
  columns: number,
): readonly string[] {
  return align(
    [
      ...rules.map(({ what, who, group, line }) => [
        what,
        `${preposition} ${who}`,
        line === undefined ? `built-in rule of group ${group}` : `${group}: ${line}`,
      ]),
      ...always.map((what) => [what, `${preposition} anybody`, 'every filtered port']),
    ],
    '  ',
    columns,
  );
}

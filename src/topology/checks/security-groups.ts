import type { Diagnostic } from '../../model/diagnostic.ts';
import { familyOfText } from '../../net/address-text.ts';
import { canonicalCidr, hasHostBits, isCidr, networkOf } from '../../net/block.ts';
import { isIpv6 } from '../../net/ipv6.ts';
import { hasPorts, ICMP, ICMPV6 } from '../../net/protocols.ts';
import { fromEntries } from '../entries.ts';
import { DEFAULT_GROUP, groupsOf, isFiltered, protocolOf } from '../security-groups.ts';
import type { NamedGroup, PlacedRule } from '../security-groups.ts';
import { show } from '../show.ts';
import { suggestion } from '../suggest.ts';
import type { Port } from '../types.gen.ts';
import type { Path } from '../valid.ts';
import type { CheckContext } from './context.ts';

/** Checks security groups, the ports in them, and the allowed address pairs of ports. */
export function checkSecurityGroups(t: CheckContext): Diagnostic[] {
  const ofGroups = groupsOf(t.doc).flatMap((group) => [
    ...group.rules.flatMap((placed) => checkRule(t, placed)),
    ...checkTwice(t, group),
    ...checkUseless(t, group),
  ]);
  const ofPorts = fromEntries(t.doc.instances, (instance, { ports }) =>
    fromEntries(ports, (device, port) => checkPort(t, ['instances', instance, 'ports', device], port)).flat(),
  ).flat();
  return [...ofGroups, ...ofPorts];
}

function unknownGroup(t: CheckContext, name: string, path: Path): Diagnostic[] {
  if (name === DEFAULT_GROUP || t.known('security_groups', name)) return [];
  const hint = suggestion(name, [DEFAULT_GROUP, ...t.names('security_groups')]);
  return [t.report('NL221', { path }, `unknown security group ${show(name)}`, { hint })];
}

function checkRule(t: CheckContext, placed: PlacedRule): Diagnostic[] {
  if (placed.byDefault) return [];
  return [...checkRemote(t, placed), ...checkProtocol(t, placed), ...checkPorts(t, placed)];
}

function checkRemote(t: CheckContext, { rule, path }: PlacedRule): Diagnostic[] {
  const { ethertype = 'IPv4', remote_ip_prefix: prefix, remote_group: group } = rule;
  if (group !== undefined && prefix !== undefined) {
    const hint = 'write two rules, one with each';
    return [t.report('NL734', { path: [...path, 'remote_group'] }, 'a rule has both a prefix and a group', { hint })];
  }
  if (group !== undefined) return unknownGroup(t, group, [...path, 'remote_group']);
  return prefix === undefined ? [] : checkPrefix(t, prefix, ethertype, [...path, 'remote_ip_prefix']);
}

function checkPrefix(t: CheckContext, prefix: string, ethertype: 'IPv4' | 'IPv6', path: Path): Diagnostic[] {
  const address = prefix.split('/', 1)[0] ?? '';
  const is6 = familyOfText(prefix) === 6;
  if (is6 && !isIpv6(address)) return [t.report('NL738', { path }, `${show(prefix)} is not an IPv6 network`)];
  if (is6 === (ethertype === 'IPv6')) return hostBits(t, prefix, path);
  const hint = is6 ? 'set `ethertype: IPv6`' : 'leave out `ethertype`, or name an IPv6 network';
  return [t.report('NL735', { path }, `${show(prefix)} in a rule for ${ethertype}`, { hint })];
}

/** The kernel ignores host bits, as Neutron does. `1.1.1.1/0` does not look like every address. */
function hostBits(t: CheckContext, text: string, path: Path): Diagnostic[] {
  if (!text.includes('/') || !isCidr(text) || !hasHostBits(text)) return [];
  const network = networkOf(text);
  const every = network.endsWith('/0') ? `, which is every IPv${String(familyOfText(text))} address` : '';
  const summary = `${text} has host bits set and means ${network}${every}`;
  return [t.report('NL630', { path }, summary, { hint: `write ${network}`, severity: 'warning' })];
}

function checkProtocol(t: CheckContext, { rule, path }: PlacedRule): Diagnostic[] {
  const { ethertype = 'IPv4', protocol } = rule;
  // IPv6 inside IPv4 is for IPv4; the other names of IPv6 are not, nor is 58 (icmpv6) by its number.
  if (ethertype === 'IPv6' || protocol === undefined || protocol === 'ipv6-encap') return [];
  if (!/^(?:ipv6-.*|icmpv6|58)$/.test(String(protocol))) return [];
  const at = { path: [...path, 'protocol'] };
  return [t.report('NL736', at, `${show(String(protocol))} in a rule for IPv4`, { hint: 'set `ethertype: IPv6`' })];
}

function checkPorts(t: CheckContext, { rule, path }: PlacedRule): Diagnostic[] {
  const { port_range_min: min, port_range_max: max } = rule;
  if (min === undefined && max === undefined) return [];
  const protocol = protocolOf(rule);
  const at = { path: [...path, min === undefined ? 'port_range_max' : 'port_range_min'] };
  if (protocol === ICMP || protocol === ICMPV6) {
    if (min === undefined) return [t.report('NL732', at, 'a code of ICMP without a type', { hint: CODE_HINT })];
    if (min <= 255 && (max ?? 0) <= 255) return [];
    return [t.report('NL733', at, 'types and codes of ICMP are below 256')];
  }
  if (!hasPorts(protocol)) {
    const hint = 'name tcp, udp, sctp, dccp or udplite as `protocol`, or leave the ports out';
    return [t.report('NL732', at, 'ports in a rule for a protocol without ports', { hint })];
  }
  if (min === undefined || max === undefined) {
    const hint = 'one port is a range too: both numbers the same';
    return [t.report('NL732', at, 'a range of ports with one end', { hint })];
  }
  if (min === 0) return [t.report('NL733', at, 'the ports of a rule begin at 1')];
  if (min <= max) return [];
  return [t.report('NL733', at, `the range of ports ends (${String(max)}) before it starts (${String(min)})`)];
}

const CODE_HINT = '`port_range_min` is the type, `port_range_max` the code';

/** Two rules of the file with the same meaning are an error, as in Neutron. One that repeats a default rule is not. */
function checkTwice(t: CheckContext, { name, rules }: NamedGroup): Diagnostic[] {
  const first = new Map<string, PlacedRule>();
  return rules.flatMap((placed) => {
    const key = meaningOf(placed);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, placed);
      return [];
    }
    if (other.byDefault) {
      const related = [{ message: 'the group', at: { path: other.path, part: 'key' as const } }];
      const summary = `this is a default rule of group ${show(name)}`;
      const hint = 'remove it, or set `default_rules: false` if the group must have the rules of the file only';
      return [t.report('NL686', { path: placed.path }, summary, { related, hint, severity: 'warning' })];
    }
    const related = [{ message: 'first given here', at: { path: other.path } }];
    return [t.report('NL737', { path: placed.path }, 'this rule is in the group already', { related })];
  });
}

function meaningOf({ rule }: PlacedRule): string {
  const { direction, ethertype = 'IPv4', port_range_min: min, port_range_max: max, remote_ip_prefix: given } = rule;
  const prefix = given === undefined || given.endsWith('/0') ? undefined : canonicalCidr(given);
  return JSON.stringify([direction, ethertype, protocolOf(rule), min, max, prefix, rule.remote_group]);
}

/** An egress rule suggests that all other egress is forbidden, but the default rules of the group allow all egress. */
function checkUseless(t: CheckContext, { name, rules }: NamedGroup): Diagnostic[] {
  const given = new Set(rules.filter(({ byDefault }) => byDefault).map(meaningOf));
  return rules.flatMap((placed) => {
    const { rule, path, byDefault } = placed;
    if (byDefault || rule.direction !== 'egress' || given.size === 0 || given.has(meaningOf(placed))) return [];
    const summary = `all egress from the ports of ${show(name)} is allowed already`;
    const hint = 'set `default_rules: false` if the group must have the rules of the file only';
    return [t.report('NL739', { path }, summary, { hint, severity: 'warning' })];
  });
}

function checkPort(t: CheckContext, path: Path, port: Port): Diagnostic[] {
  const { security_groups: groups = [], allowed_address_pairs: pairs = [] } = port;
  const unknown = groups.flatMap((name, index) => unknownGroup(t, name, [...path, 'security_groups', index]));
  const wrong = pairs.flatMap(({ ip_address: ip }, index) => {
    const address = ip.split('/', 1)[0] ?? '';
    const at = { path: [...path, 'allowed_address_pairs', index, 'ip_address'] };
    if (familyOfText(ip) === 4 || isIpv6(address)) return hostBits(t, ip, at.path);
    return [t.report('NL738', at, `${show(ip)} is not an IPv6 address`)];
  });
  return [...unknown, ...wrong, ...checkUnfiltered(t, path, port)];
}

/**
 * Neutron refuses groups and pairs of a port that is not filtered (PortSecurityPortHasSecurityGroup,
 * AddressPairAndPortSecurityRequired).
 */
function checkUnfiltered(t: CheckContext, path: Path, port: Port): Diagnostic[] {
  if (isFiltered(port, t.doc.networks?.[port.network])) return [];
  return (['security_groups', 'allowed_address_pairs'] as const).flatMap((field) => {
    if ((port[field] ?? []).length === 0) return [];
    const hint = `set \`port_security_enabled: true\`, or remove \`${field}\``;
    return [t.report('NL731', { path: [...path, field] }, `${field} of a port that is not filtered`, { hint })];
  });
}

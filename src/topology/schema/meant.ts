import { isCidr } from '../../net/block.ts';
import { isIpv4 } from '../../net/ipv4.ts';
import { isIpv6 } from '../../net/ipv6.ts';
import { show } from '../show.ts';
import { suggest, suggestion } from '../suggest.ts';

/** A hint, and the property that it names. */
export interface Meant {
  readonly hint: string | undefined;
  readonly property?: string;
}

/**
 * What other tools, and people, call a property. The first property that the mapping can have is meant: `ip` is
 * `fixed_ip_address` in a port, `floating_ip_address` in a floating IP and `addresses` in a NIC.
 */
const ADDRESS = ['floating_ip_address', 'fixed_ip_address', 'ip_address', 'addresses', 'gateway_ip', 'fixed_ips'];
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  ip: ADDRESS,
  ips: ['fixed_ips', 'addresses', ...ADDRESS],
  ipv4: ADDRESS,
  ip_addr: ADDRESS,
  address: ADDRESS,
  fixed_ip: ADDRESS,
  addr: ADDRESS,
  mac: ['mac_address'],
  hwaddr: ['mac_address'],
  gateway: ['gateway_ip', 'external_gateway'],
  gw: ['gateway_ip', 'external_gateway'],
  dhcp: ['enable_dhcp'],
  dns: ['dns_nameservers'],
  nameservers: ['dns_nameservers'],
  pools: ['allocation_pools'],
  routes: ['host_routes'],
  vlan: ['segmentation_id'],
  vlan_id: ['segmentation_id'],
  tag: ['segmentation_id'],
  type: ['network_type'],
  physnet: ['physical_network'],
  provider: ['physical_network'],
  prefix: ['cidr', 'remote_ip_prefix', 'destination'],
  via: ['nexthop'],
  host: ['node'],
  interfaces: ['ports', 'nics'],
  sg: ['security_groups'],
  groups: ['security_groups'],
};

/** Properties whose value alone is often written in place of their mapping, the likeliest first. */
const MAIN = ['via', 'network', 'physical_network', 'cidr', 'ip_address', 'fixed_ip_address', 'destination'];

/**
 * Returns which property was meant by an unknown one. `known` are the properties of the mapping that are still free,
 * `value` is what was given.
 */
export function meantProperty(name: string, value: unknown, known: readonly string[]): Meant {
  const joined = withoutBlank(name, known);
  if (joined !== undefined) return joined;
  const synonym = own(SYNONYMS, name.toLowerCase())?.find((candidate) => known.includes(candidate));
  if (synonym !== undefined) return { hint: `write ${entry(synonym, value)}`, property: synonym };
  const property = suggest(name, known);
  return { hint: suggestion(name, known), ...(property !== undefined && { property }) };
}

/** Returns what `cidr:1.2.3.0/24` means: a property and its value without the blank between them. */
function withoutBlank(text: string, known: readonly string[]): Meant | undefined {
  const [, property, value] = /^([\w-]+):(\S+)$/.exec(text) ?? [];
  if (property === undefined || value === undefined || !known.includes(property)) return undefined;
  return { hint: `write a blank after the colon: ${property}: ${shown(value)}`, property };
}

/** A word of the file can be `constructor` or `__proto__`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A property with the value as it should be written. */
function entry(property: string, value: unknown): string {
  if (value === null) return `${property}: …`;
  if (typeof value !== 'string' && typeof value !== 'number') return property;
  if (property === 'enable_dhcp') return property;
  const list = ['addresses', 'fixed_ips', 'dns_nameservers', 'security_groups'].includes(property);
  const text = shown(property === 'addresses' && isIpv4(String(value)) ? `${String(value)}/24` : String(value));
  return `${property}: ${list ? `[${text}]` : text}`;
}

/** Returns what to write for a value that stands where a mapping with these properties is expected. */
export function meantMapping(key: string | number | undefined, value: unknown, known: readonly string[]): Meant {
  if (typeof value !== 'string') return { hint: undefined };
  const joined = withoutBlank(value, known);
  if (joined !== undefined) return { hint: joined.hint };
  const fitting = MAIN.filter((property) => known.includes(property) && fits(property, value));
  const [property] = fitting;
  if (property === undefined) return { hint: undefined };
  const needsNetwork = property === 'fixed_ip_address' && known.includes('network');
  const fields = `{ ${needsNetwork ? 'network: …, ' : ''}${property}: ${shown(value)} }`;
  return { hint: `write ${typeof key === 'string' ? `${shown(key)}: ` : ''}${fields}`, property };
}

function fits(property: string, value: string): boolean {
  const isAddress = isIpv4(value) || isIpv6(value);
  if (property === 'via') return ['local', 'ssh', 'lab'].includes(value);
  if (property === 'cidr' || property === 'destination') return isCidr(value);
  if (property === 'ip_address') return isAddress || isCidr(value);
  if (property === 'fixed_ip_address') return isAddress;
  return /^[A-Za-z][\w.-]{0,62}$/.test(value);
}

/** A value as it can be typed: in quotes only if it needs them. */
function shown(text: string): string {
  return /^[\w./-]{1,64}$/.test(text) ? text : show(text);
}

const TEMPLATE = /\$\{|\{\{|<%/;

/** What to do about a template whose variables were not filled in. */
export const TEMPLATE_HINT =
  'netloom replaces no variables; write the value, or fill in the file first, such as with `envsubst`';

/** Returns a hint about a value that is a variable of a shell or of a template language. */
export function templateHint(value: unknown): string | undefined {
  return typeof value === 'string' && TEMPLATE.test(value) ? TEMPLATE_HINT : undefined;
}

/** Values of Neutron that netloom does not support: what is similar to them is not meant. */
const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = {
  network_type: ['vxlan', 'gre', 'geneve', 'local', 'stt'],
  mechanism: ['ovn', 'sriov', 'sriovnicswitch', 'macvtap', 'dpdk', 'l2population'],
};

/** What other tools call a value, by field. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  direction: {
    in: 'ingress',
    inbound: 'ingress',
    input: 'ingress',
    out: 'egress',
    outbound: 'egress',
    output: 'egress',
  },
  protocol: { icmp: 'ping', http: 'tcp', https: 'tcp', ssh: 'tcp' },
  mechanism: { ovs: 'openvswitch', lb: 'linuxbridge', bridge: 'linuxbridge' },
  succeeds: { yes: 'true', no: 'false', reject: 'refused', rejected: 'refused', denied: 'false', closed: 'refused' },
  ethertype: { '4': 'IPv4', '6': 'IPv6', inet: 'IPv4', inet6: 'IPv6' },
};

/** Returns whether Neutron has this value and netloom does not. */
export function isUnsupported(field: string | number | undefined, value: unknown): boolean {
  return typeof value === 'string' && own(UNSUPPORTED, String(field))?.includes(value.toLowerCase()) === true;
}

/** Returns the hint for a value that a field does not allow. */
export function meantValue(field: string | number | undefined, value: unknown, allowed: readonly string[]): string {
  const names = allowed.join(allowed.length === 2 ? ' and ' : ', ');
  const list = `only ${names} ${allowed.length === 1 ? 'is' : 'are'} supported`;
  if (allowed.length === 1 || isUnsupported(field, value)) return list;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const other = own(own(VALUES, String(field)) ?? {}, text.toLowerCase());
  if (other !== undefined && allowed.includes(other)) return `write ${other}`;
  return suggestion(text, allowed) ?? list;
}

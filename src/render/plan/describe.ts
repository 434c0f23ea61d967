import { facts, formatValue } from './value.ts';

type Spec = Readonly<Record<string, unknown>>;

/**
 * What a new or removed object is like, in words, for the kinds whose facts read badly as they are; what its name says
 * already is left out. A kind that is not here is described by all its facts.
 */
const WORDS: Readonly<Partial<Record<string, (spec: Spec) => string>>> = {
  'anti-spoof': ({ macs, sources }) =>
    sentence([`mac ${list(macs)}`, `from ${sources === 'any' ? 'any address' : list(sources, sourceWords)}`]),
  address: ({ broadcast }) => (broadcast === undefined ? '' : `broadcast ${formatValue(broadcast)}`),
  bridge: ({ mac, macOf, attributes }) =>
    sentence([
      mac !== undefined && `mac ${formatValue(mac)}`,
      macOf !== undefined && `mac of ${formatValue(macOf)}`,
      plain(attributes),
    ]),
  chain: () => '',
  file: () => '',
  ipset: ({ options }) => (Array.isArray(options) ? options.map(formatValue).join(' ') : ''),
  netns: () => '',
  'nft-table': () => '',
  'ovs-internal': ({ mac, mtu, bridge, tag }) =>
    sentence([`mac ${formatValue(mac)}`, `mtu ${formatValue(mtu)}`, portWords({ bridge, tag })]),
  'ovs-patch': ({ bridge, tag, peer }) =>
    `${portWords({ bridge, tag })}, to ${isSpec(peer) ? `${formatValue(peer['name'])} ${portWords(peer)}` : ''}`,
  'ovs-plug': (spec) => portWords(spec),
  process: ({ argv }) => (Array.isArray(argv) ? argv.map(formatValue).join(' ') : ''),
  route: ({ nexthops, metric }) => sentence([hops(nexthops), metric !== 0 && `metric ${formatValue(metric)}`]),
  sysctl: ({ value }) => formatValue(value),
  tap: ({ mtu, bridge }) => sentence([`mtu ${formatValue(mtu)}`, bridge !== '' && `in ${formatValue(bridge)}`]),
  veth: ({ mac, mtu, tap }) => sentence([`mac ${formatValue(mac)}`, `mtu ${formatValue(mtu)}`, tapWords(tap)]),
};

/** One line about an object; empty when its name says it all. */
export function describe(kind: string, spec: unknown): string {
  if (!isSpec(spec)) return '';
  return WORDS[kind]?.(spec) ?? plain(spec);
}

function plain(spec: unknown): string {
  return facts(spec)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

function portWords({ bridge, tag }: Spec): string {
  return `in ${formatValue(bridge)}${typeof tag === 'number' ? `, VLAN ${formatValue(tag)}` : ''}`;
}

function sourceWords(source: unknown): string {
  return isSpec(source) ? `${formatValue(source['cidr'])} (${formatValue(source['mac'])})` : '';
}

function list(values: unknown, words = formatValue): string {
  if (!Array.isArray(values) || values.length === 0) return 'none';
  return values.map((value: unknown) => words(value)).join(' and ');
}

function tapWords(tap: unknown): string {
  if (!isSpec(tap)) return '';
  const place = tap['bridge'] === '' ? '' : ` in ${formatValue(tap['bridge'])}`;
  return `tap ${formatValue(tap['name'])}${place}`;
}

function hops(nexthops: unknown): string {
  if (!Array.isArray(nexthops)) return '';
  const words = nexthops.filter(isSpec).map(({ gateway, device, onlink }) => {
    const via = gateway === undefined ? '' : `via ${formatValue(gateway)} `;
    return `${via}dev ${formatValue(device)}${onlink === true ? ' onlink' : ''}`;
  });
  return words.join(' and ');
}

function sentence(parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(', ');
}

function isSpec(value: unknown): value is Spec {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

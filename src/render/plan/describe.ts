import { facts, formatValue } from './value.ts';

type Spec = Readonly<Record<string, unknown>>;

/**
 * What a new or removed object is like, in words, for the kinds whose facts read badly as they are; what its name says
 * already is left out. A kind that is not here is described by all its facts.
 */
const WORDS: Readonly<Partial<Record<string, (spec: Spec) => string>>> = {
  address: ({ broadcast }) => (broadcast === undefined ? '' : `broadcast ${formatValue(broadcast)}`),
  bridge: ({ mac, macOf, attributes }) =>
    sentence([
      mac !== undefined && `mac ${formatValue(mac)}`,
      macOf !== undefined && `mac of ${formatValue(macOf)}`,
      plain(attributes),
    ]),
  chain: () => '',
  file: () => '',
  netns: () => '',
  process: ({ argv }) => (Array.isArray(argv) ? argv.map(formatValue).join(' ') : ''),
  route: ({ nexthops, metric }) => sentence([hops(nexthops), metric !== 0 && `metric ${formatValue(metric)}`]),
  sysctl: ({ value }) => formatValue(value),
  tap: ({ mtu, bridge }) => `mtu ${formatValue(mtu)}, in ${formatValue(bridge)}`,
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

function tapWords(tap: unknown): string {
  return isSpec(tap) ? `tap ${formatValue(tap['name'])} in ${formatValue(tap['bridge'])}` : '';
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

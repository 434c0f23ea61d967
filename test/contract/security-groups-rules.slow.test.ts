import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hasPorts, ICMP, ICMPV6, protocolNumber } from '../../src/net/protocols.ts';
import { compiled } from '../support/compiled.ts';
import { applyOn } from '../support/engine.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { filteredText, noFilter } from './filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'ipset', 'nft');
const RUNS = 5;

interface Rule {
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
  readonly protocol?: string | number;
  readonly port_range_min?: number;
  readonly port_range_max?: number;
  readonly remote_ip_prefix?: string;
  readonly remote_group?: string;
}

const NAMES = [
  'any',
  'ah',
  'dccp',
  'egp',
  'esp',
  'gre',
  'hopopt',
  'icmp',
  'igmp',
  'ip',
  'ipip',
  'ipv6-encap',
  'ospf',
  'pgm',
  'rsvp',
].concat(['sctp', 'tcp', 'udp', 'udplite', 'vrrp']);
const NAMES_OF_6 = ['icmpv6', 'ipv6-frag', 'ipv6-icmp', 'ipv6-nonxt', 'ipv6-opts', 'ipv6-route'];

const port = fc.oneof(fc.constantFrom(1, 22, 65535), fc.integer({ min: 1, max: 65535 }));
const ports = fc
  .oneof(
    fc.constant([1, 65535] as const),
    port.map((one) => [one, one] as const),
    fc.tuple(port, port).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  )
  .map(([min, max]) => ({ port_range_min: min, port_range_max: max }));
const byte = fc.integer({ min: 0, max: 255 });
const icmp = fc.oneof(
  byte.map((type) => ({ port_range_min: type })),
  fc.tuple(byte, byte).map(([type, code]) => ({ port_range_min: type, port_range_max: code })),
);

/** With random host bits, of every length. */
function prefixOf(ethertype: Rule['ethertype']): fc.Arbitrary<string> {
  const length = (most: number): fc.Arbitrary<number> =>
    fc.oneof(fc.constantFrom(0, most), fc.integer({ min: 0, max: most }));
  if (ethertype === 'IPv4') return fc.tuple(fc.ipV4(), length(32)).map(([ip, bits]) => `${ip}/${String(bits)}`);
  const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
  const address = groups.map((all) => all.map((group) => group.toString(16)).join(':'));
  return fc.tuple(address, length(128)).map(([ip, bits]) => `${ip}/${String(bits)}`);
}

function protocolOf({ ethertype, protocol }: Pick<Rule, 'ethertype' | 'protocol'>): number | undefined {
  const number =
    protocol === undefined || ['any', 'ip', 'hopopt'].includes(String(protocol)) ? undefined : protocolNumber(protocol);
  return number === ICMP && ethertype === 'IPv6' ? ICMPV6 : number;
}

const rule: fc.Arbitrary<Rule> = fc
  .record({ direction: fc.constantFrom('ingress', 'egress'), ethertype: fc.constantFrom('IPv4', 'IPv6') } as const)
  .chain(({ direction, ethertype }) => {
    // 58 is ICMPv6: refused in a rule for IPv4.
    const numbers = byte.filter((number) => ethertype === 'IPv6' || number !== ICMPV6);
    const names = fc.constantFrom(...NAMES, ...(ethertype === 'IPv6' ? NAMES_OF_6 : []));
    const protocols = fc.oneof(fc.constantFrom('tcp', 'udp', 'sctp', 'icmp'), names, numbers, numbers.map(String));
    return fc.tuple(fc.option(protocols, { nil: undefined, freq: 9 })).chain(([protocol]) => {
      const number = protocolOf({ ethertype, ...(protocol !== undefined && { protocol }) });
      const more = hasPorts(number) ? ports : number === ICMP || number === ICMPV6 ? icmp : fc.constant({});
      const remote = fc.oneof(
        fc.constant({}),
        prefixOf(ethertype).map((prefix) => ({ remote_ip_prefix: prefix })),
        fc.constantFrom('mine', 'others').map((group) => ({ remote_group: group })),
      );
      return fc.tuple(fc.oneof(fc.constant({}), more), remote).map(([range, other]) => ({
        direction,
        ethertype,
        ...(protocol !== undefined && { protocol }),
        ...range,
        ...other,
      }));
    });
  });

/** Rules that were once read as another rule, or not accepted at all. */
const FOUND: Rule[] = [
  { direction: 'egress', ethertype: 'IPv6', protocol: '1', port_range_min: 0, remote_group: 'mine' },
  { direction: 'ingress', ethertype: 'IPv6', protocol: 1, port_range_min: 128, port_range_max: 0 },
  { direction: 'ingress', ethertype: 'IPv4', protocol: 'icmp', port_range_min: 255 },
  { direction: 'ingress', ethertype: 'IPv4', protocol: 'icmp', port_range_min: 255, port_range_max: 255 },
];

/** Neutron accepts no duplicate rule in a group, however it is written. */
function meaningOf(one: Rule): string {
  const prefix = one.remote_ip_prefix?.endsWith('/0') === true ? undefined : one.remote_ip_prefix;
  return JSON.stringify({ ...one, protocol: protocolOf(one), remote_ip_prefix: prefix });
}

const rules = fc.uniqueArray(rule, { selector: meaningOf, minLength: 1, maxLength: 60 });

function textWith(all: readonly Rule[]): string {
  const groups = `security_groups:
  mine: { default_rules: false, rules: ${JSON.stringify(all)} }
  others: {}`;
  return filteredText({ rules: [] })
    .replace(/security_groups:\n.*/, () => groups)
    .replace('fixed_ip_address: 10.0.0.5,', 'security_groups: [mine], fixed_ip_address: 10.0.0.5,')
    .replace('fixed_ip_address: 10.0.0.6,', 'security_groups: [others], fixed_ip_address: 10.0.0.6,');
}

/** Protocols whose match this kernel or this iptables lacks: a node like it can't have rules for their ports. */
async function unknownTo(node: TestNode): Promise<readonly number[]> {
  const unknown: number[] = [];
  for (const [number, match] of [
    [33, 'dccp'],
    [132, 'sctp'],
    [136, 'multiport'],
  ] as const) {
    const option = match === 'multiport' ? '--dports' : '--dport';
    const tried = `-t raw -A PREROUTING -p ${String(number)} -m ${match} ${option} 5 -j RETURN`;
    const { code } = await node.try(`unshare -n sh -c 'iptables ${tried} && ip6tables ${tried}'`);
    if (code !== 0) unknown.push(number);
  }
  return unknown;
}

describe.each([
  ['nft', true],
  ['nft', false],
  ['legacy', true],
  ['legacy', false],
] as const)('rules of every type, with iptables-%s, /etc/protocols present: %s', (flavour, hasProtocols) => {
  let node: TestNode;
  let unknown: readonly number[] = [];

  beforeAll(async () => {
    if (noFilter() !== undefined) return;
    node = await nodes.open({ iptables: flavour });
    await node.nic('eth0', 'fa:16:3e:aa:00:01');
    if (!hasProtocols) await node.sh('[ ! -e /etc/protocols ] || mount --bind /dev/null /etc/protocols');
    unknown = await unknownTo(node);
  });

  beforeEach((context) => {
    context.skip(noFilter() !== undefined, noFilter());
  });

  test('the written rules are read as desired', async (context) => {
    if (unknown.length > 0)
      await context.annotate(`left out, for there is no match for them here: protocols ${unknown.join(', ')}`);
    await fc.assert(
      fc.asyncProperty(rules, async (all) => {
        const possible = all.filter(
          (one) => one.port_range_min === undefined || !unknown.includes(protocolOf(one) ?? 0),
        );
        const { graph } = compiled(textWith(possible));
        const { rounds } = await applyOn(node, graph);
        expect(rounds).toBeLessThanOrEqual(1);
        expect((await applyOn(node, graph)).batches).toEqual([]);
      }),
      { numRuns: RUNS, examples: [[FOUND]] },
    );
  });
});

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { certainDrop, gatesAt, possibleDrops, type Filters } from '../../src/kernel/filters/filters.ts';
import { parseForeignFilters } from '../../src/kernel/filters/foreign-filters.ts';
import type { Packet } from '../../src/kernel/filters/packet.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';
import { parseBlock } from '../../src/net/block.ts';
import { testNodes, type TestNode } from '../support/node.ts';
import { noFilter } from './filtered.ts';

const nodes = testNodes('ip', 'iptables', 'iptables-legacy', 'nft');
const SEED = Number(process.env['NETLOOM_SEED'] ?? Date.now() % 1_000_000_007);
const READ = readFileSync(new URL('../../src/kernel/filters/foreign-filters.sh', import.meta.url), 'utf8');
const PROTOCOLS = ['tcp', 'udp', 'icmp'] as const;

/** Two namespaces, `a` and `b`, on one bridge; `b` counts what arrives. */
const NETWORK = `
echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
ip link add name br0 type bridge; ip link set dev br0 up
for n in a b; do
  ip netns add $n; ip link add name p$n type veth peer name eth0 netns $n
  ip link set dev p$n master br0 up; ip -n $n link set dev lo up; ip -n $n link set dev eth0 up
done
ip -n a address add 10.9.0.1/24 dev eth0; ip -n b address add 10.9.0.2/24 dev eth0
ip -n a neighbour replace 10.9.0.2 lladdr "$(ip netns exec b cat /sys/class/net/eth0/address)" dev eth0 nud permanent
ip -n b neighbour replace 10.9.0.1 lladdr "$(ip netns exec a cat /sys/class/net/eth0/address)" dev eth0 nud permanent
ip netns exec b nft -f - <<'X'
table inet count {
  counter n_tcp { }
  counter n_udp { }
  counter n_icmp { }
  chain c {
    type filter hook prerouting priority -400;
    tcp dport 80 counter name n_tcp drop
    udp dport 53 counter name n_udp drop
    icmp type echo-request counter name n_icmp drop
  }
}
X
cat >/tmp/send.pl <<'X'
use Socket;
socket(my $u, AF_INET, SOCK_DGRAM, 0); send $u, 'x', 0, sockaddr_in(53, inet_aton('10.9.0.2'));
socket(my $t, AF_INET, SOCK_STREAM | 2048, 0); connect $t, sockaddr_in(80, inet_aton('10.9.0.2'));
socket(my $i, AF_INET, SOCK_RAW, 1);
my $echo = pack 'C2 n3', 8, 0, 0, $$ & 0xffff, 1;
my $sum = 0; $sum += $_ for unpack 'n*', $echo; $sum = ($sum >> 16) + ($sum & 0xffff);
substr($echo, 2, 2) = pack 'n', ~$sum & 0xffff;
send $i, $echo, 0, sockaddr_in(0, inet_aton('10.9.0.2'));
select undef, undef, undef, 0.02;
X`;

const SEND = `
ip netns exec a perl /tmp/send.pl
ip netns exec b nft list counters | awk '/counter/ { name = substr($2, 3) } /packets/ { if ($2 > 0) print name }'
ip netns exec b nft reset counters >/dev/null`;

const CLEAR = `
nft flush ruleset
for t in raw mangle filter; do iptables-legacy -t $t -F; iptables-legacy -t $t -X; done
for c in INPUT FORWARD OUTPUT; do iptables-legacy -P $c ACCEPT; done
`;

const iptablesMatch = fc.constantFrom(
  ...['-i br0', '-i br+', '-i eth9', '! -i br0', '-o br0', '! -o br0', '-s 10.9.0.0/24', '-s 10.9.0.1/32'],
  ...['! -s 10.9.0.0/24', '-d 10.9.0.2/32', '-d 192.0.2.0/24', '-p tcp', '-p udp', '-p icmp', '! -p tcp'],
  ...['-p tcp -m tcp --dport 80', '-p udp -m udp --dport 1:60', '-p tcp -m multiport --dports 22,80'],
  ...['-p icmp -m icmp --icmp-type 8', '-p icmp -m icmp --icmp-type 3', '-p tcp -m tcp --syn'],
  ...['-m conntrack --ctstate NEW', '-m conntrack --ctstate RELATED,ESTABLISHED', '-m conntrack --ctstate INVALID'],
  ...['-m state ! --state NEW', '-m mark --mark 5', '-m comment --comment "a -j DROP"'],
  ...['-m physdev --physdev-in pa', '-m physdev --physdev-in pb', '-m physdev ! --physdev-in pa'],
  ...['-m physdev --physdev-in p+', '-m addrtype --dst-type LOCAL'],
);
const forwardMatch = fc.constantFrom(
  ...['-m physdev --physdev-is-bridged', '-m physdev ! --physdev-is-bridged', '-m physdev --physdev-out pb'],
  ...['-m physdev --physdev-out pa', '-m physdev --physdev-in pa --physdev-out pb --physdev-is-bridged'],
);
const verdict = fc.constantFrom(
  '-j ACCEPT',
  '-j DROP',
  '-j DROP',
  '-j RETURN',
  '-j one',
  '-g one',
  '-j two',
  '-j MARK --set-mark 5',
);
const leaf = fc.constantFrom('-j ACCEPT', '-j DROP', '-j RETURN', '-j MARK --set-mark 5');

function iptablesRules(chain: string, isForward: boolean, target: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  const matches = isForward ? fc.oneof(iptablesMatch, forwardMatch) : iptablesMatch.filter((m) => !m.includes('-o '));
  const rule = fc.tuple(
    fc.uniqueArray(matches, { maxLength: 2, selector: (m) => m.split(' ').find((w) => w.length > 1) ?? m }),
    target,
  );
  return fc.array(
    rule.map(
      ([ms, to]) =>
        `-A ${chain} ${[...ms].sort((a, b) => Number(b.includes('-p ')) - Number(a.includes('-p '))).join(' ')} ${to}`,
    ),
    { maxLength: 4 },
  );
}

const iptablesSet = fc
  .record({
    policy: fc.constantFrom('ACCEPT', 'ACCEPT', 'DROP'),
    forward: iptablesRules('FORWARD', true, verdict),
    one: iptablesRules('one', true, fc.oneof(leaf, fc.constant('-j two'))),
    two: iptablesRules('two', true, leaf),
    mangle: iptablesRules('PREROUTING', false, leaf),
  })
  .map(({ policy, forward, one, two, mangle }) =>
    [
      ...['*mangle', ...mangle, 'COMMIT', '*filter', `:FORWARD ${policy} [0:0]`, ':one - [0:0]', ':two - [0:0]'],
      ...[...forward, ...one, ...two, 'COMMIT'],
    ].join('\n'),
  );

const nftMatch = fc.constantFrom(
  ...[
    'iifname "br0"',
    'iifname "br*"',
    'iifname != "br0"',
    'oifname { "br0", "eth9" }',
    'iifname . oifname { "br0" . "br0" }',
  ],
  ...['ip saddr 10.9.0.0/24', 'ip saddr != 10.9.0.1', 'ip daddr { 10.9.0.2, 192.0.2.1 }', 'ip6 saddr ::/0'],
  ...['meta l4proto { tcp, icmp }', 'ip protocol udp', 'tcp dport 80', 'tcp dport != 80', 'udp dport { 53, 67-68 }'],
  ...['th dport 53', 'icmp type echo-request', 'meta nfproto ipv4', 'meta nfproto ipv6', 'ct state new'],
  ...['ct state established,related', 'ct state != new', 'ct status dnat', 'meta mark 0x5', 'fib daddr type local'],
);
const bridgeMatch = fc.constantFrom(
  ...['iifname "pa"', 'iifname "pb"', 'oifname "p*"', 'ether type ip', 'ether type != ip', 'ether type arp'],
  ...['ip saddr 10.9.0.0/24', 'ip daddr 192.0.2.1', 'tcp dport 80', 'meta protocol { ip, arp }', 'ip protocol icmp'],
);
const nftVerdict = fc.constantFrom('accept', 'drop', 'drop', 'return', 'jump sub', 'goto sub', 'counter', 'reject');

function nftRules(matches: fc.Arbitrary<string>, verdicts: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  const vmap = fc.constantFrom(
    'ct state vmap { established : accept, new : drop }',
    'ct state vmap { invalid : drop }',
  );
  const plain = fc.tuple(fc.array(matches, { maxLength: 2 }), verdicts).map(([ms, to]) => [...ms, to].join(' '));
  return fc.array(
    matches === nftMatch ? fc.oneof({ weight: 6, arbitrary: plain }, { weight: 1, arbitrary: vmap }) : plain,
    { maxLength: 4 },
  );
}

const nftSet = fc
  .constantFrom('inet', 'ip', 'bridge')
  .chain((family) => {
    const matches =
      family === 'bridge'
        ? bridgeMatch
        : family === 'ip'
          ? nftMatch.filter((m) => !/ip6|ether|nfproto/.test(m))
          : nftMatch;
    const verdicts = family === 'bridge' ? nftVerdict.filter((v) => v !== 'reject') : nftVerdict;
    return fc.record({
      family: fc.constant(family),
      hook: fc.constantFrom('forward', 'forward', 'postrouting', 'prerouting'),
      policy: fc.constantFrom('accept', 'accept', 'drop'),
      rules: nftRules(matches, verdicts),
      sub: nftRules(matches, fc.constantFrom('accept', 'drop', 'return')),
    });
  })
  .map(({ family, hook, policy, rules, sub }) => {
    const isLate = hook !== 'forward';
    const usable = (rule: string): boolean => !isLate || !/oifname|iifname|reject|fib/.test(rule);
    return `table ${family} some {
chain sub {
${sub.filter(usable).join('\n')}
}
chain base {
type filter hook ${hook} priority ${hook === 'prerouting' ? '-150' : '10'}; policy ${policy};
${rules.filter(usable).join('\n')}
}
}`;
  });

const ruleset = fc.record({
  own: fc.option(iptablesSet),
  legacy: fc.option(iptablesSet, { freq: 2 }),
  nft: fc.option(nftSet),
});

function packetOf(protocol: (typeof PROTOCOLS)[number]): Packet {
  return {
    family: 4,
    from: ['br0'],
    to: ['br0'],
    portFrom: ['pa'],
    portTo: ['pb'],
    bridged: true,
    state: 'new',
    protocol,
    sources: [parseBlock('10.9.0.1/32')],
    destinations: [parseBlock('10.9.0.2/32')],
    ...(protocol !== 'icmp' && { destinationPort: protocol === 'tcp' ? 80 : 53 }),
    isLocal: false,
  };
}

async function filtersOf(node: TestNode): Promise<Filters> {
  const save = await node.sh('iptables-save');
  const foreign = parseForeignFilters(await node.sh(`set +e\n${READ}`));
  expect(foreign.unreadable).toEqual([]);
  return { iptables: { 4: parseIptablesSave(save), 6: undefined }, foreign };
}

describe('the evaluation of filters', () => {
  test(`agrees with the kernel about random rules (NETLOOM_SEED=${String(SEED)})`, async (context) => {
    context.skip(noFilter() !== undefined, noFilter());
    const node = await nodes.open({ iptables: 'nft' });
    await node.sh(NETWORK);
    const counts = { passes: 0, drops: 0, undecided: 0, refused: 0 };
    let refused = '';
    for (const { own, legacy, nft } of fc.sample(ruleset, { numRuns: 60, seed: SEED })) {
      const load = [
        own === null ? '' : `iptables-restore <<'X'\n${own}\nX`,
        legacy === null ? '' : `iptables-legacy-restore <<'X'\n${legacy}\nX`,
        nft === null ? '' : `nft -f - <<'X'\n${nft}\nX`,
      ].join('\n');
      const loaded = await node.try(`set -e\n${CLEAR}\n${load}`);
      if (loaded.code !== 0) {
        counts.refused += 1;
        refused = loaded.output;
        continue;
      }
      const arrived = new Set((await node.sh(SEND)).split('\n'));
      const filters = await filtersOf(node);
      for (const protocol of PROTOCOLS) {
        const gates = (['prerouting', 'forward', 'postrouting'] as const).flatMap((hook) =>
          gatesAt(hook, packetOf(protocol), filters),
        );
        const drop = certainDrop(gates);
        const shown = `${protocol}\n${load}\n${JSON.stringify(drop ?? gates.flatMap((gate) => gate.endings))}`;
        if (drop) {
          counts.drops += 1;
          expect(arrived.has(protocol), shown).toBe(false);
        } else if (possibleDrops(gates).length === 0) {
          counts.passes += 1;
          expect(arrived.has(protocol), shown).toBe(true);
        } else counts.undecided += 1;
      }
    }
    expect(counts.refused, refused).toBeLessThan(15);
    expect(counts.undecided).toBeLessThan(counts.passes + counts.drops);
    expect(Math.min(counts.passes, counts.drops)).toBeGreaterThan(15);
  }, 300_000);
});

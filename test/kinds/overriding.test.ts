import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited, editsToFront } from '../../src/kinds/chain/edits.ts';
import { overridingRules } from '../../src/kinds/chain/overriding.ts';
import { parseIptablesSave } from '../../src/kernel/netfilter/saved-tables.ts';
import { link, viewOf } from '../support/view.ts';

const OURS = `:neutron-linuxbri-FORWARD - [0:0]
:neutron-linuxbri-sg-chain - [0:0]
-A neutron-linuxbri-FORWARD -m physdev --physdev-out tap1 --physdev-is-bridged -j neutron-linuxbri-sg-chain
-A neutron-linuxbri-FORWARD -m physdev --physdev-in tap1 --physdev-is-bridged -j neutron-linuxbri-sg-chain`;

/** Returns the rules that override ours in FORWARD: these foreign rules are before our jump. */
function overriding(foreign: string, policy = 'ACCEPT'): readonly string[] {
  const jump = '-A FORWARD -j neutron-linuxbri-FORWARD';
  const text = `*filter\n:FORWARD ${policy} [0:0]\n${OURS}\n${foreign}\n${jump}\nCOMMIT\n`;
  const links = [
    link('brq1', 2, { linkinfo: { info_kind: 'bridge' } }),
    link('tap1', 3, { master: 'brq1' }),
    link('eth1', 4, { master: 'brq1' }),
    link('docker0', 5, { linkinfo: { info_kind: 'bridge' } }),
    link('veth1', 6, { master: 'docker0' }),
  ];
  const own = viewOf('n1', [{ netns: null, links }]).namespaces[0]!;
  const chains = parseIptablesSave(text).get('filter')!;
  return overridingRules(chains, { netns: null, family: 4, table: 'filter', chain: 'FORWARD' }, own);
}

const chainsOf = (...names: string[]): string => names.map((name) => `:${name} - [0:0]`).join('\n');

/** What well-known programs put in front of FORWARD (rules of their current releases, shortened). */
const PROGRAMS: readonly (readonly [program: string, rules: string])[] = [
  [
    'Docker',
    `${chainsOf('DOCKER', 'DOCKER-BRIDGE', 'DOCKER-CT', 'DOCKER-FORWARD', 'DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2', 'DOCKER-USER')}
-A FORWARD -j DOCKER-USER
-A FORWARD -j DOCKER-FORWARD
-A DOCKER ! -i docker0 -o docker0 -j DROP
-A DOCKER-BRIDGE -o docker0 -j DOCKER
-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-FORWARD -j DOCKER-CT
-A DOCKER-FORWARD -j DOCKER-ISOLATION-STAGE-1
-A DOCKER-FORWARD -j DOCKER-BRIDGE
-A DOCKER-FORWARD -i docker0 -j ACCEPT
-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
-A DOCKER-USER -j RETURN`,
  ],
  [
    'libvirt',
    `${chainsOf('LIBVIRT_FWI', 'LIBVIRT_FWO', 'LIBVIRT_FWX')}
-A FORWARD -j LIBVIRT_FWX
-A FORWARD -j LIBVIRT_FWI
-A FORWARD -j LIBVIRT_FWO
-A LIBVIRT_FWI -d 192.168.122.0/24 -o virbr0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A LIBVIRT_FWI -o virbr0 -j REJECT --reject-with icmp-port-unreachable
-A LIBVIRT_FWO -s 192.168.122.0/24 -i virbr0 -j ACCEPT
-A LIBVIRT_FWO -i virbr0 -j REJECT --reject-with icmp-port-unreachable
-A LIBVIRT_FWX -i virbr0 -o virbr0 -j ACCEPT`,
  ],
  [
    'kube-proxy',
    `${chainsOf('KUBE-FORWARD', 'KUBE-PROXY-FIREWALL', 'KUBE-SERVICES')}
-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes load balancer firewall" -j KUBE-PROXY-FIREWALL
-A FORWARD -m conntrack --ctstate NEW -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-SERVICES -d 10.96.0.10/32 -p tcp -m comment --comment "dns has no endpoints" -m tcp --dport 53 -j REJECT`,
  ],
];

describe('foreign rules before our jump in FORWARD', () => {
  test.each(PROGRAMS)('those of %s decide no packet of ours', (_, rules) => {
    expect(overriding(rules)).toEqual([]);
  });

  test('DOCKER-USER with a rule for all bridged frames does', () => {
    const [, docker] = PROGRAMS[0]!;
    const rule = '-A DOCKER-USER -m physdev --physdev-is-bridged -j ACCEPT';
    expect(overriding(docker.replace('-A DOCKER-USER', `${rule}\n-A DOCKER-USER`))).toEqual(['-j DOCKER-USER']);
  });

  test('ufw accepts echo requests before ours', () => {
    const ufw = `${chainsOf('ufw-before-forward')}
-A FORWARD -j ufw-before-forward
-A ufw-before-forward -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-before-forward -p icmp -m icmp --icmp-type 8 -j ACCEPT`;
    expect(overriding(ufw)).toEqual(['-j ufw-before-forward']);
  });

  test.each([
    ['-j ACCEPT', true],
    ['-m mark --mark 0x10000/0x10000 -j ACCEPT', true],
    ['-m set --match-set allowed src -j ACCEPT', true],
    ['-m unheard-of -j ACCEPT', true],
    ['-j NFQUEUE --queue-num 0', true],
    ['-i brq1 -j ACCEPT', true],
    ['-m physdev --physdev-in eth1 --physdev-is-bridged -j ACCEPT', true],
    ['-m physdev --physdev-out tap+ -j ACCEPT', true],
    ['! -i docker0 -j ACCEPT', true],
    ['-i docker0 -j ACCEPT', false],
    ['-m physdev --physdev-in veth1 --physdev-is-bridged -j ACCEPT', false],
    ['-m physdev ! --physdev-is-bridged -j ACCEPT', false],
    ['-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT', false],
    ['-j DROP', false],
    ['-j LOG', false],
  ])('%s: %s', (rule, isOverriding) => {
    expect(overriding(`-A FORWARD ${rule}`)).toEqual(isOverriding ? [rule] : []);
  });

  test('a RETURN opens what the policy accepts', () => {
    expect(overriding('-A FORWARD -j RETURN')).toEqual(['-j RETURN']);
    expect(overriding('-A FORWARD -j RETURN', 'DROP')).toEqual([]);
    expect(overriding(':x - [0:0]\n-A FORWARD -j x\n-A x -j RETURN')).toEqual([]);
    expect(overriding(':x - [0:0]\n-A FORWARD -g x')).toEqual(['-g x']);
  });

  test('a graph of jumps that doubles at each chain takes no time', () => {
    const names = Array.from({ length: 60 }, (_, i) => `c${String(i)}`);
    const jumps = names.slice(1).map((to, i) => `-A c${String(i)} -s 10.0.0.1/32 -j ${to}\n-A c${String(i)} -j ${to}`);
    expect(overriding(`${chainsOf(...names)}\n-A FORWARD -j c0\n${jumps.join('\n')}`)).toEqual([]);
  });
});

describe('foreign rules before our jumps in a router', () => {
  test.each([
    ['-j ACCEPT', true],
    ['-j RETURN', true],
    ['-p tcp -j ACCEPT', false],
    ['-s 192.0.2.0/24 -j RETURN', false],
    ['-j MARK --set-xmark 0x9/0xffffffff', false],
    ['-j DROP', false],
  ])('%s: %s', (rule, isOverriding) => {
    const rules = `-A POSTROUTING ${rule}\n-A POSTROUTING -j neutron-postrouting-bottom`;
    const text = `*nat\n:POSTROUTING ACCEPT [0:0]\n${rules}\nCOMMIT\n`;
    const netns = 'qrouter-1';
    const own = viewOf('n1', [{ netns }]).namespaces[0]!;
    const chains = parseIptablesSave(text).get('nat')!;
    const found = overridingRules(chains, { netns, family: 4, table: 'nat', chain: 'POSTROUTING' }, own);
    expect(found).toEqual(isOverriding ? [rule] : []);
  });
});

describe('edits to the front', () => {
  const rules = fc.array(fc.constantFrom('-j n-a', '-j n-b', 'accept', 'harmless'), { maxLength: 10 });
  const isOurs = (rule: string): boolean => rule.startsWith('-j n-');

  test('no rule of ours is behind the first overriding one, all orders stay, and nothing is added', () => {
    fc.assert(
      fc.property(rules, (all) => {
        const after = edited(
          all,
          editsToFront(all, isOurs, (rule) => rule === 'accept'),
        );
        const first = after.indexOf('accept');
        expect(after.slice(first < 0 ? after.length : first).filter(isOurs)).toEqual([]);
        expect(after.filter(isOurs)).toEqual(all.filter(isOurs));
        expect(after.filter((rule) => !isOurs(rule))).toEqual(all.filter((rule) => !isOurs(rule)));
        const before = Math.max(all.indexOf('accept'), 0);
        expect(after.slice(0, before)).toEqual(all.slice(0, before));
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { address } from '../../src/kinds/address/spec.ts';
import { bridge } from '../../src/kinds/bridge/spec.ts';
import { chain } from '../../src/kinds/chain/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { route } from '../../src/kinds/route/spec.ts';
import { sysctl } from '../../src/kinds/sysctl/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Resource } from '../../src/model/resource.ts';
import { graphOf, inShort, ORIGIN } from '../support/engine.ts';
import { Order, planFrom, asObserved } from '../support/ordered.ts';
import { viewOf } from '../support/view.ts';

const NOTIFY = 'net/ipv4/conf/all/arp_notify';

interface Floating {
  readonly address: string;
  readonly fixed: string;
}

/** A router as the features create it, reduced to what matters for the order. */
function router(
  floating: readonly Floating[],
  more: { readonly node?: string; readonly mac?: string; readonly tap?: string; readonly gateway?: boolean } = {},
): Resource[] {
  const { node = 'node1', mac = 'fa:16:3e:00:00:01', tap = 'tapqg-1', gateway = true } = more;
  const at = { node, netns: 'qrouter-1', device: 'qg-1' };
  const place = { node, netns: 'qrouter-1', family: 4, table: 'nat' } as const;
  return [
    bridge(node, 'brq0', {}, ORIGIN),
    netns(node, 'qrouter-1', ORIGIN),
    sysctl(at, NOTIFY, '1', ORIGIN),
    ...(gateway
      ? [
          veth(at, { mac, mtu: 1500, tap, bridge: 'brq0' }, ORIGIN),
          address(at, '203.0.113.1/24', ORIGIN),
          route(at, 'default', [{ gateway: '203.0.113.254', device: 'qg-1' }], ORIGIN),
          ...floating.map((f) => address(at, `${f.address}/32`, ORIGIN)),
        ]
      : []),
    chain({ ...place, chain: 'PREROUTING' }, ['-j neutron-l3-agent-PREROUTING'], ORIGIN),
    chain(
      { ...place, chain: 'neutron-l3-agent-PREROUTING' },
      floating.map((f) => `-d ${f.address}/32 -j DNAT --to-destination ${f.fixed}`),
      ORIGIN,
    ),
    chain(
      { ...place, chain: 'neutron-l3-agent-float-snat' },
      floating.map((f) => `-s ${f.fixed}/32 -j SNAT --to-source ${f.address}`),
      ORIGIN,
    ),
    chain(
      { ...place, chain: 'neutron-l3-agent-snat' },
      gateway
        ? ['-j neutron-l3-agent-float-snat', '-o qg-1 -j SNAT --to-source 203.0.113.1']
        : ['-j neutron-l3-agent-float-snat'],
      ORIGIN,
    ),
  ];
}

const F1: Floating = { address: '203.0.113.5', fixed: '10.0.0.5' };

function between(
  from: readonly Resource[],
  to: readonly Resource[],
  nodes = ['node1'],
): { order: Order; changes: string[]; batches: number } {
  const plan = planFrom(asObserved(desiredGraph('demo', nodes, from)), desiredGraph('demo', nodes, to));
  return { order: new Order(plan), changes: inShort(plan.changes), batches: plan.batches.length };
}

describe('order protects traffic', () => {
  test('a floating IP is created with its rules before its address', () => {
    const { order } = between(router([]), router([F1]));
    expect(order).toRunInOrder(/-I neutron-l3-agent-PREROUTING .*DNAT/, /addr add 203\.0\.113\.5/);
    expect(order).toRunInOrder(/alias netloom:demo,arp=qg-1,ct=cb007105/, /-I neutron-l3-agent-PREROUTING/);
    // A connection from before the rules is forgotten before the address exists: the router itself would answer it.
    expect(order).toRunInOrder(/-I neutron-l3-agent-PREROUTING .*DNAT/, /conntrack -D --orig-dst 203\.0\.113\.5/);
    expect(order).toRunInOrder(/conntrack -D --orig-dst 203\.0\.113\.5/, /addr add 203\.0\.113\.5/);
    expect(order).toRunInOrder(/addr add 203\.0\.113\.5/, /link set dev qg-1 address/);
    expect(order).toRunInOrder(/link set dev qg-1 address|conntrack/, /alias netloom:demo$/);
  });

  test('and is deleted with its address before its rules', () => {
    const { order } = between(router([F1]), router([]));
    expect(order).toRunInOrder(/addr del 203\.0\.113\.5/, /-D neutron-l3-agent-PREROUTING/);
    expect(order).toRunInOrder(/-D neutron-l3-agent-PREROUTING/, /conntrack -D --orig-dst 203\.0\.113\.5/);
  });

  test('a gateway’s address is created before the rule that uses it as a source, and the rule is deleted first', () => {
    const come = between(router([], { gateway: false }), router([])).order;
    expect(come).toRunInOrder(/addr add 203\.0\.113\.1\/24/, /--to-source 203\.0\.113\.1$/);
    expect(come).toRunInOrder(/addr add 203\.0\.113\.1\/24/, /route add default/);
    const go = between(router([]), router([], { gateway: false })).order;
    expect(go).toRunInOrder(/-D neutron-l3-agent-snat/, /link del dev tapqg-1/);
  });

  test('every address in a network is deleted before there is a route to it', () => {
    const at = { node: 'node1', netns: 'qrouter-1', device: 'qg-1' };
    const elsewhere = route(at, '198.51.100.0/24', [{ gateway: '203.0.113.9', device: 'qg-1' }], ORIGIN);
    const inside = ['198.51.100.5/24', '198.51.100.6/24'].map((cidr) => address(at, cidr, ORIGIN));
    const { order } = between([...router([]), ...inside], [...router([]), elsewhere]);
    expect(order).toRunInOrder(/addr del 198\.51\.100\.5\/24/, /route add 198\.51\.100\.0\/24/);
    expect(order).toRunInOrder(/addr del 198\.51\.100\.6\/24/, /route add 198\.51\.100\.0\/24/);
  });

  test('two floating IPs that swap their addresses: only their own order, which contains a cycle, is given up', () => {
    const F2: Floating = { address: '203.0.113.6', fixed: '10.0.0.6' };
    const { order, changes } = between(
      router([F1, F2]),
      router([
        { ...F1, fixed: F2.fixed },
        { ...F2, fixed: F1.fixed },
      ]),
    );
    expect(changes.filter((line) => !line.startsWith('update'))).toEqual([]);
    expect(order).toRunInOrder(/alias netloom:demo,/, /iptables/);
    expect(order).toRunInOrder(/iptables/, /conntrack/);
  });
});

describe('what is needed is created first, and deleted last', () => {
  test('everything created: one batch for the namespace, complete before it has a name', () => {
    const plan = planFrom([], graphOf(router([F1])));
    const birth = plan.batches.find(({ lane }) => lane === 'birth')!;
    expect(birth.netns).toBe('qrouter-1');
    const inside = birth.steps.map(({ address: at }) => at);
    for (const part of [
      'chain/4/nat/PREROUTING',
      'veth/qg-1',
      'address/203.0.113.5/32%qg-1',
      'route/default',
      `sysctl/${NOTIFY}`,
    ]) {
      expect(inside).toContain(`node1/qrouter-1/${part}`);
    }
    // The tap is plugged in outside, afterwards.
    expect(new Order(plan)).toRunInOrder(/link add name qg-1 .* peer name tapqg-1 .* netns/, /tapqg-1 alias/);
    expect(new Order(plan)).toRunInOrder(/tapqg-1 alias netloom:demo group default/, /tapqg-1 master brq0/);
    expect(new Order(plan)).toRunInOrder(/link add name brq0/, /link set dev tapqg-1 master brq0/);
  });

  test('everything deleted: the namespace, then the bridge; contained objects have no command', () => {
    const { order, changes } = between(router([F1]), []);
    expect(order).toRunInOrder(/ip netns del qrouter-1/, /link del dev brq0/);
    expect(order.commands().filter((line) => /iptables|addr del|route del|tapqg|conntrack|alias/.test(line))).toEqual(
      [],
    );
    expect(changes).toContain('delete node1/qrouter-1/chain/4/nat/PREROUTING');
  });

  test('a MAC is deleted on its old node before it is created on the new one', () => {
    const { order } = between(router([F1], { node: 'node2' }), router([F1], { node: 'node1' }), ['node1', 'node2']);
    expect(order).toRunInOrder(/node2: ip netns del qrouter-1/, /node1: .*link add name qg-1/);
  });

  test('a recreated device deletes its addresses and routes, and they are recreated', () => {
    const { order, changes } = between(router([F1]), router([F1], { tap: 'tapother' }));
    expect(changes).toEqual(
      expect.arrayContaining([
        'replace node1/qrouter-1/veth/qg-1 (tap.name)',
        'create node1/qrouter-1/address/203.0.113.5/32%qg-1',
        'create node1/qrouter-1/address/203.0.113.1/24%qg-1',
        'create node1/qrouter-1/route/default',
      ]),
    );
    expect(changes).toHaveLength(4);
    expect(order).toRunInOrder(/link del dev tapqg-1/, /link add name qg-1/);
    expect(order).toRunInOrder(/link add name qg-1/, /addr add/);
    expect(order).toRunInOrder(/addr add 203\.0\.113\.1\/24/, /route add/);
    expect(order.commands().filter((line) => line.includes('addr del'))).toEqual([]);
  });

  test('a route that was deleted with its device and returns through another waits for the deletion', () => {
    const at = (device: string): { node: string; netns: string; device: string } => ({
      node: 'node1',
      netns: 'qrouter-1',
      device,
    });
    const through = (device: 'qr-1' | 'qr-2', net: string, more: readonly Resource[]): Resource[] => [
      ...router([]),
      veth(
        at(device),
        { mac: `fa:16:3e:00:01:0${device.slice(-1)}`, mtu: 1500, tap: `tap${device}`, bridge: 'brq0' },
        ORIGIN,
      ),
      address(at(device), `${net}.1/24`, ORIGIN),
      route(at(device), '172.16.0.0/12', [{ gateway: `${net}.4`, device }], ORIGIN),
      ...more,
    ];
    // The deleted device waits for a route that is deleted before its address.
    const other = route(at('qg-1'), '192.168.0.0/16', [{ gateway: '203.0.113.4', device: 'qg-1' }], ORIGIN);
    const { order, changes } = between(through('qr-1', '10.0.0', [other]), through('qr-2', '10.1.0', []));
    expect(changes).toContain('create node1/qrouter-1/route/172.16.0.0/12');
    expect(order).toRunInOrder(/route del 192\.168/, /link del dev tapqr-1/);
    expect(order).toRunInOrder(/link del dev tapqr-1/, /route add 172\.16/);
  });

  test('a chain is created before the jump to it, and deleted after it', () => {
    const place = { node: 'node1', netns: 'qrouter-1', family: 4, table: 'nat' } as const;
    const bare = [netns('node1', 'qrouter-1', ORIGIN)];
    const chains = [
      ...bare,
      chain({ ...place, chain: 'OUTPUT' }, ['-j neutron-a'], ORIGIN),
      chain({ ...place, chain: 'neutron-a' }, ['-j neutron-b'], ORIGIN),
      chain({ ...place, chain: 'neutron-b' }, [], ORIGIN),
    ];
    const come = between(bare, chains).order;
    expect(come).toRunInOrder(/-N neutron-b/, /-A neutron-a -j neutron-b/);
    expect(come).toRunInOrder(/-N neutron-a/, /-I OUTPUT/);
    const save4 = '*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j DOCKER\n-A OUTPUT -j neutron-a\nCOMMIT\n';
    const view = viewOf('node1', [{ netns: 'qrouter-1', alias: 'netloom:demo', save4 }]);
    const go = new Order(planFrom(asObserved(graphOf(chains)), graphOf(bare), [view]));
    expect(go).toRunInOrder(/-D OUTPUT/, /-X neutron-a/);
    expect(go).toRunInOrder(/-F neutron-a/, /-X neutron-b/);
  });
});

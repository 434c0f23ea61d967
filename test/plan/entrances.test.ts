import { describe, expect, test } from 'vitest';
import { batchScript } from '../../src/apply/script.ts';
import { address } from '../../src/kinds/address/spec.ts';
import { chain, tableMarker } from '../../src/kinds/chain/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../src/kinds/ovs-internal/spec.ts';
import { desiredGraph } from '../../src/model/graph.ts';
import type { Netns, Resource } from '../../src/model/resource.ts';
import type { Plan } from '../../src/model/plan.ts';
import { ORIGIN } from '../support/engine.ts';
import { Order, planFrom, asObserved } from '../support/ordered.ts';

const node = 'node1';

/** A router's two ports and a part of its rules, in a namespace or in the node's own; and the observed objects. */
function router(place: Netns): { readonly there: Resource[]; readonly own: Resource[] } {
  const nat = { node, netns: place, family: 4, table: 'nat' } as const;
  const port = (device: string, mac: string): Resource =>
    ovsInternal({ node, netns: place, device }, { mac, mtu: 1500, bridge: 'br-int', tag: 7, ifaceId: device }, ORIGIN);
  return {
    there: [ovsBridge(node, 'br-int', { up: false }, ORIGIN), ...(place === null ? [] : [netns(node, place, ORIGIN)])],
    own: [
      port('qr-1', 'fa:16:3e:00:00:01'),
      port('qg-2', 'fa:16:3e:00:00:02'),
      address({ node, netns: place, device: 'qr-1' }, '10.0.0.1/24', ORIGIN),
      address({ node, netns: place, device: 'qg-2' }, '203.0.113.1/24', ORIGIN),
      address({ node, netns: place, device: 'qg-2' }, '203.0.113.5/32', ORIGIN),
      ...(place === null ? [tableMarker({ node, family: 4, table: 'nat' }, 'demo', ORIGIN)] : []),
      chain({ ...nat, chain: 'PREROUTING' }, ['-j neutron-l3-agent-PREROUTING'], ORIGIN),
      chain(
        { ...nat, chain: 'neutron-l3-agent-PREROUTING' },
        ['-d 203.0.113.5/32 -j DNAT --to-destination 10.0.0.5'],
        ORIGIN,
      ),
      chain({ ...nat, chain: 'neutron-l3-agent-snat' }, ['-o qg-2 -j SNAT --to-source 203.0.113.1'], ORIGIN),
    ],
  };
}

function plan(from: readonly Resource[], to: readonly Resource[]): Plan {
  const graph = (some: readonly Resource[]): ReturnType<typeof desiredGraph> => desiredGraph('demo', [node], some);
  return planFrom(asObserved(graph(from)), graph(to));
}

describe.each(['qrouter-1', null])('a router in %s', (place) => {
  const { there, own } = router(place);
  const inside = place ?? '-';

  test('its ports get their VLAN after all rules and addresses are set', () => {
    const order = new Order(plan(there, [...there, ...own]));
    for (const port of ['qr-1', 'qg-2']) {
      const opened = new RegExp(`set Port ${port} .*tag=7`);
      for (const rule of ['-j neutron-l3-agent-PREROUTING', 'DNAT', 'SNAT'])
        expect(order, `${rule} in ${inside}`).toRunInOrder(new RegExp(rule), opened);
      expect(order).toRunInOrder(/add-port br-int/, opened);
    }
    // The order among the others does not change.
    expect(order).toRunInOrder(/DNAT/, /addr add 203\.0\.113\.5/);
    expect(order).toRunInOrder(/addr add 203\.0\.113\.1/, /SNAT/);
  });
});

test('rules of the node’s own namespace are deleted after the ports, also in one batch', () => {
  const { there, own } = router(null);
  for (const to of [there, []]) {
    const taking = plan([...there, ...own], to);
    const order = new Order(taking);
    const closed = to.length > 0 ? /del-port/ : /link del dev br-int/;
    expect(order).toRunInOrder(closed, /-F|-D|-X/);
    const text = taking.batches.map((batch) => batchScript(batch, { rootless: false }).text).join('\n');
    expect(text.search(closed)).toBeGreaterThan(-1);
    expect(text.indexOf('iptables-restore')).toBeGreaterThan(text.search(closed));
  }
});

import { beforeEach, describe, expect, test } from 'vitest';
import { address } from '../../src/kinds/address/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../src/kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../src/kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../src/kinds/ovs-plug/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { killOvs, noOvs, START_OVS, testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';

const nodes = testNodes('ip');

beforeEach((context) => {
  const reason = noOvs();
  context.skip(reason !== undefined, reason ?? '');
});

const node = 'node1';
const ROUTER = { node, netns: 'qrouter-1' };
const GUEST = '/run/netloom-guests/guest';
const integration = ovsBridge(node, 'br-int', { up: false }, ORIGIN);
const external = ovsBridge(node, 'br-ex', { up: true }, ORIGIN);
const patch = ovsPatch(
  node,
  'int-br-ex',
  { bridge: 'br-int', tag: 7, peer: { name: 'phy-br-ex', bridge: 'br-ex', tag: null } },
  ORIGIN,
);
const router = netns(node, 'qrouter-1', ORIGIN);

function port(device: string, bridge: string, tag: number | null): Resource {
  const mac = `fa:16:3e:00:00:0${device.slice(-1)}`;
  return ovsInternal({ ...ROUTER, device }, { mac, mtu: 1400, bridge, tag, ifaceId: `id-of-${device}` }, ORIGIN);
}

const network = [
  integration,
  external,
  patch,
  router,
  port('qr-1', 'br-int', 7),
  address({ ...ROUTER, device: 'qr-1' }, '10.0.0.1/24', ORIGIN),
  port('qg-2', 'br-ex', null),
  address({ ...ROUTER, device: 'qg-2' }, '10.8.0.1/24', ORIGIN),
  veth(
    { node, netns: GUEST, device: 'eth0' },
    { mac: 'fa:16:3e:00:00:09', mtu: 1400, tap: 'tap1', bridge: '', guest: true, txChecksums: false },
    ORIGIN,
  ),
  ovsPlug(node, 'tap1', { bridge: 'br-int', tag: 7, ifaceId: 'id-of-tap1', mac: 'fa:16:3e:00:00:09' }, ORIGIN),
];

async function ready(): Promise<TestNode> {
  const made = await nodes.open({ ovs: true });
  await made.guest(GUEST);
  return made;
}

/** The rows of the database that are anybody's, without what the switch numbers or counts by itself. */
async function rows(of: TestNode): Promise<string[]> {
  const text = await of.sh(`ovs-vsctl --timeout=5 --columns=name,datapath_type,fail_mode,external_ids list Bridge
    ovs-vsctl --timeout=5 --columns=name,tag,external_ids list Port
    ovs-vsctl --timeout=5 --columns=name,type,mac,mtu_request,error,external_ids,options list Interface`);
  return text
    .split(/\n\n/)
    .map((block) => block.trim().replace(/ +/g, ' ').replaceAll('\n', '; '))
    .sort();
}

/** The guest reaches the router by the switch: with an address on either side of its VLAN. */
async function reaches(of: TestNode, target: string): Promise<boolean> {
  await of.sh(`g() { nsenter --net=${GUEST} "$@"; }; g ip link set dev eth0 up; g ip addr replace 10.0.0.5/24 dev eth0
    g ip route replace default via 10.0.0.1; ip netns exec qrouter-1 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'`);
  return (
    (await of.try(`for i in 1 2 3 4; do nsenter --net=${GUEST} ping -c 1 -W 1 ${target} && exit 0; done; exit 1`))
      .code === 0
  );
}

describe('Open vSwitch', () => {
  test('a network of it stands, is left alone by a second apply, and goes without a trace', async () => {
    const on = await ready();
    const before = [await snapshot(on), await rows(on)];
    const { rounds, batches } = await applyOn(on, graphOf(network));
    expect(rounds).toBe(1);
    expect(batches.flatMap(({ steps }) => steps).length).toBeGreaterThan(10);
    expect((await applyOn(on, graphOf(network))).batches).toEqual([]);
    expect(await reaches(on, '10.0.0.1')).toBe(true);
    expect(await on.sh('ovs-vsctl get Interface qr-1 external_ids')).toBe(
      '{attached-mac="fa:16:3e:00:00:01", iface-id=id-of-qr-1, iface-status=active, netloom=demo, netloom-netns=qrouter-1}\n',
    );
    const { first } = await applyOn(on, graphOf([]));
    expect(inShort(first.plan.changes)).toHaveLength(network.length);
    expect([await settled(on, before[0] as never), await rows(on)]).toEqual(before);
  });
});

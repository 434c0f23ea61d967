import { execute } from '../../src/apply/execute.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { address } from '../../src/kinds/address/spec.ts';
import { netns } from '../../src/kinds/netns/spec.ts';
import { ovsBridge } from '../../src/kinds/ovs-bridge/spec.ts';
import { ovsInternal } from '../../src/kinds/ovs-internal/spec.ts';
import { ovsPatch } from '../../src/kinds/ovs-patch/spec.ts';
import { ovsPlug } from '../../src/kinds/ovs-plug/spec.ts';
import { tap } from '../../src/kinds/tap/spec.ts';
import { veth } from '../../src/kinds/veth/spec.ts';
import type { Resource } from '../../src/model/resource.ts';
import { applyOn, graphOf, inShort, ORIGIN, planOn } from '../support/engine.ts';
import { killOvs, whyNoOvs, START_OVS, testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot } from '../support/snapshot.ts';

const nodes = testNodes('ip');

beforeEach((context) => {
  const reason = whyNoOvs();
  context.skip(reason !== undefined, reason ?? '');
});

const node = 'node1';
const ROUTER = { node, netns: 'qrouter-1' };
const GUEST = '/run/netloom-guests/guest';
const IN_GUEST = `nsenter --net=${GUEST}`;
const integration = ovsBridge(node, 'br-int', { up: false }, ORIGIN);
const external = ovsBridge(node, 'br-ex', { up: true, nic: 'eth0' }, ORIGIN);
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
  await made.nic('eth0', 'fa:16:3e:aa:00:01');
  await made.guest(GUEST);
  return made;
}

/** The rows of the database, without the numbers and counters that the switch sets. */
async function rows(of: TestNode): Promise<string[]> {
  const text = await of.sh(`ovs-vsctl --timeout=5 --columns=name,datapath_type,fail_mode,external_ids list Bridge
    ovs-vsctl --timeout=5 --columns=name,tag,external_ids list Port
    ovs-vsctl --timeout=5 --columns=name,type,mac,mtu_request,error,external_ids,options list Interface`);
  return text
    .split(/\n\n/)
    .map((block) => block.trim().replace(/ +/g, ' ').replaceAll('\n', '; '))
    .sort();
}

/** The guest has an address and a default route, and the router forwards. */
async function guestIsUp(of: TestNode): Promise<void> {
  await of.sh(`g() { ${IN_GUEST} "$@"; }; g ip link set dev eth0 up; g ip addr replace 10.0.0.5/24 dev eth0
    g ip route replace default via 10.0.0.1; ip netns exec qrouter-1 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'`);
}

describe('Open vSwitch', () => {
  test('a network over it is created, left alone by a second apply, and deleted without a trace', async () => {
    const on = await ready();
    const before = [await snapshot(on), await rows(on)];
    const { rounds, batches } = await applyOn(on, graphOf(network));
    expect(rounds).toBe(1);
    expect(batches.flatMap(({ steps }) => steps).length).toBeGreaterThan(10);
    expect((await applyOn(on, graphOf(network))).batches).toEqual([]);
    await guestIsUp(on);
    await expect(on).toAnswerPing('10.0.0.1', IN_GUEST, 4);
    expect(await on.sh('ovs-vsctl get Interface qr-1 external_ids')).toBe(
      '{attached-mac="fa:16:3e:00:00:01", iface-id=id-of-qr-1, iface-status=active, netloom=demo, ' +
        'netloom-netns=qrouter-1}\n',
    );
    const { first } = await applyOn(on, graphOf([]));
    expect(inShort(first.plan.changes)).toHaveLength(network.length);
    expect([await settled(on, before[0] as never), await rows(on)]).toEqual(before);
  });

  test.each([
    ['ovs-vswitchd is killed and started again', `${killOvs('ovs-vswitchd')}${START_OVS}`],
    ['ovsdb-server is killed and started again', killOvs('ovsdb-server') + START_OVS],
    ['both are killed and started again', killOvs('ovs-vswitchd', 'ovsdb-server') + START_OVS],
    ['ovs-vswitchd is stopped and started', `kill "$(cat /run/openvswitch/ovs-vswitchd.pid)"; sleep 0.3\n${START_OVS}`],
    ['the router’s namespace is deleted', 'ip netns del qrouter-1'],
    ['an internal device is deleted', 'ip -n qrouter-1 link del dev qr-1'],
    ['a port is deleted', 'ovs-vsctl del-port qr-1; ovs-vsctl del-port tap1; ovs-vsctl del-port phy-br-ex'],
    ['a bridge is deleted', 'ovs-vsctl del-br br-int'],
    ['the database is lost', `${killOvs('ovs-vswitchd', 'ovsdb-server')}rm /run/openvswitch/conf.db\n${START_OVS}`],
    ['all marks of a port are lost', 'ovs-vsctl clear Interface qr-1 external_ids'],
    [
      'an internal device moves back to the node, and a tap of the guest is recreated',
      `p=$$; ip -n qrouter-1 link set dev qg-2 netns $p; ip link del dev tap1
       nsenter --net=${GUEST} ip link add name eth0 address fa:16:3e:00:00:09 mtu 1400 type veth peer name tap1 mtu 1400 netns $p
       nsenter --net=${GUEST} ip link set dev eth0 alias netloom:demo; ip link set dev tap1 up alias netloom:demo`,
    ],
  ])('%s: one apply repairs it, and no unhealthy device is left', async (_, damage) => {
    const on = await ready();
    const empty = [await snapshot(on), await rows(on)];
    await applyOn(on, graphOf(network));
    const whole = await snapshot(on);
    await on.sh(damage);
    await applyOn(on, graphOf(network));
    expect(await settled(on, whole)).toEqual(whole);
    expect((await applyOn(on, graphOf(network))).batches).toEqual([]);
    await guestIsUp(on);
    await expect(on).toAnswerPing('10.8.0.1', IN_GUEST, 4);
    await applyOn(on, graphOf([]));
    expect([await settled(on, empty[0] as never), await rows(on)]).toEqual(empty);
  });

  test.each([
    ['ovs-vswitchd', 'ovs-vswitchd does not run on node1'],
    ['ovsdb-server', 'the database of Open vSwitch on node1 does not answer'],
    ['ovs-vswitchd ovsdb-server', 'Open vSwitch does not run on node1'],
  ])(
    'while %s does not run, the plan is an error that says so, also if it deletes everything',
    async (daemons, words) => {
      const on = await ready();
      await applyOn(on, graphOf(network));
      await on.sh(killOvs(...daemons.split(' ')));
      if (daemons.includes(' ')) await on.sh('rm /run/openvswitch/db.sock');
      for (const wanted of [network, []]) {
        const { diagnostics } = await planOn(on, graphOf(wanted));
        expect(
          diagnostics.filter(({ severity }) => severity === 'error').map(({ code, summary }) => `${code} ${summary}`),
        ).toEqual([`NLP07 ${words}`]);
        await expect(applyOn(on, graphOf(wanted))).rejects.toThrow('NLP07');
      }
      await on.sh(START_OVS);
      await applyOn(on, graphOf(network));
      await guestIsUp(on);
      await expect(on).toAnswerPing('10.8.0.1', IN_GUEST, 4);
    },
  );

  test('foreign ports stay as they are, and conflicting ones are named', async () => {
    const on = await ready();
    await on.sh(`ovs-vsctl -- add-br br-theirs -- set Bridge br-theirs datapath_type=netdev external_ids:owner=them \
      -- add-port br-theirs theirs tag=9 -- set Interface theirs type=internal external_ids:netloom=another
      ip link set dev br-theirs up; ip addr add 10.77.0.1/24 dev br-theirs; ip tuntap add dev tap-vm mode tap
      ovs-vsctl add-port br-theirs tap-vm`);
    const before = [await snapshot(on), await rows(on)];
    await applyOn(on, graphOf(network));
    const taken = port('theirs', 'br-int', 7);
    const { diagnostics } = await planOn(on, graphOf([...network, taken]));
    expect(diagnostics.map(({ code, summary }) => `${code} ${summary}`)).toEqual([
      'NLP08 node1 has a port of Open vSwitch named theirs that is not ours',
    ]);
    await on.sh('ovs-vsctl -- add-port br-int intruder -- set Interface intruder type=internal');
    const held = await planOn(on, graphOf([]));
    expect(held.diagnostics.map(({ code, summary }) => `${code} ${summary}`)).toEqual([
      'NLP06 br-int of node1 would be deleted, but holds a port that is not ours: intruder',
    ]);
    await on.sh('ovs-vsctl del-port intruder');
    await applyOn(on, graphOf([]));
    expect([await settled(on, before[0] as never), await rows(on)]).toEqual(before);
  });

  test('a port that can’t be created is an error with the switch’s message; it is deleted if undesired', async () => {
    const on = await ready();
    const lost = ovsPlug(node, 'nosuch', { bridge: 'br-int', tag: null }, ORIGIN);
    for (let i = 0; i < 2; i += 1) {
      await expect(applyOn(on, graphOf([integration, lost]))).rejects.toThrow(
        "node1/-/ovs-plug/nosuch: ovs-vsctl: Error detected while setting up 'nosuch': could not open network " +
          'device nosuch (No such device)',
      );
    }
    await applyOn(on, graphOf([integration]));
    expect(await on.sh('ovs-vsctl list-ports br-int')).toBe('');
  });

  test('a tap that no program has opened is a port, and frames arrive once one opens it', async () => {
    const on = await ready();
    const quiet = tap(node, 'tapvm', { mtu: 1500, bridge: '' }, ORIGIN);
    const plugged = ovsPlug(node, 'tapvm', { bridge: 'br-int', tag: 7 }, ORIGIN);
    const wanted = graphOf([
      integration,
      router,
      port('qr-1', 'br-int', 7),
      address({ ...ROUTER, device: 'qr-1' }, '10.0.0.1/24', ORIGIN),
      quiet,
      plugged,
    ]);
    await applyOn(on, wanted);
    expect((await applyOn(on, wanted)).batches).toEqual([]);
    const open = String.raw`my $r = pack("a16 s x22", "tapvm", 0x1002); open(my $f, "+<", "/dev/net/tun") or die; ioctl($f, 0x400454ca, $r) or die $!;
      $| = 1; print "open\n"; alarm 5; while (sysread $f, my $b, 2000) { if (unpack("H*", $b) =~ /0806.*0a000009$/) { print "asked\n"; last } }`;
    const asked = await on.sh(`perl -e '${open}' >/tmp/seen & p=$!; while ! grep -q open /tmp/seen; do sleep 0.05; done
      ip netns exec qrouter-1 ping -c 2 -W 1 10.0.0.9 >/dev/null 2>&1 || :; wait $p; cat /tmp/seen`);
    expect(asked).toBe('open\nasked\n');
    expect((await applyOn(on, wanted)).batches).toEqual([]);
  });

  test.each([
    ['created', [], network],
    ['deleted', network, []],
  ])('an apply that dies anywhere while everything is %s is completed by the next one', async (_, from, to) => {
    const on = await ready();
    await applyOn(on, graphOf(from));
    const { plan } = await planOn(on, graphOf(to));
    await applyOn(on, graphOf(to));
    const whole = await settled(on, await snapshot(on));
    for (let done = 1; done < plan.batches.length; done += 1) {
      await applyOn(on, graphOf(from));
      const { plan: again } = await planOn(on, graphOf(to));
      const part = { ...again, batches: again.batches.slice(0, done) };
      expect(await execute(part, graphOf(to), on.shells, () => undefined)).toEqual([]);
      await applyOn(on, graphOf(to));
      expect(await settled(on, whole), `after ${String(done)} of ${String(plan.batches.length)}`).toEqual(whole);
    }
  });

  test('TCP from a guest arrives only because its device writes the checksums', async () => {
    const on = await ready();
    await applyOn(on, graphOf(network));
    await guestIsUp(on);
    await expect(on).toAnswerPing('10.0.0.1', IN_GUEST, 4);
    const talk = (seconds: number): string => `
      : >/tmp/heard
      ip netns exec qrouter-1 perl -MIO::Socket::INET -e 'my $l = IO::Socket::INET->new(LocalPort => 7777, Listen => 1, ReuseAddr => 1) or die;
        $| = 1; print "ready\\n"; alarm 5; my $c = $l->accept; print <$c>' >/tmp/heard & p=$!
      while ! grep -q ready /tmp/heard; do sleep 0.05; done
      nsenter --net=${GUEST} perl -MIO::Socket::INET -e 'my $c = IO::Socket::INET->new(PeerAddr => "10.0.0.1:7777", Timeout => ${String(seconds)}) or exit 1; print $c "hello\\n"'
      c=$?; [ $c = 0 ] || kill $p; wait $p; [ $c = 0 ] && grep -q hello /tmp/heard`;
    expect((await on.try(talk(3))).code).toBe(0);
    await on.sh(
      `nsenter --net=${GUEST} perl -e 'socket(my $s, 2, 2, 0); my $v = pack "L2", 0x17, 1; ioctl($s, 0x8946, my ` +
        `$r = pack "Z16 P x16", "eth0", $v) or die $!'`,
    );
    expect((await on.try(talk(1))).code).not.toBe(0);
    expect(inShort((await applyOn(on, graphOf(network))).first.plan.changes)).toEqual([
      `update node1/${GUEST}/veth/eth0 (txChecksums)`,
    ]);
    expect((await on.try(talk(3))).code).toBe(0);
  });
});
